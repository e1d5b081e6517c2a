package dev.molt.runner.remote.ssh;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;

/**
 * A client of ssh-agent (draft-miller-ssh-agent): lists keys and has data signed. Makes a
 * connection for each request, so that an agent which restarts is no trouble. Thread-safe.
 */
final class Agent {
  private static final byte REQUEST_IDENTITIES = 11;
  private static final byte IDENTITIES_ANSWER = 12;
  private static final byte SIGN_REQUEST = 13;
  private static final byte SIGN_RESPONSE = 14;

  /** Flag of a request to sign with an RSA key by SHA-512; without it the agent takes SHA-1. */
  private static final int RSA_SHA2_512 = 4;

  /** As in OpenSSH: what claims to be longer is no agent's answer. */
  private static final int MAX_ANSWER = 256 * 1024;

  /** A key that the agent holds. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  record Key(byte[] blob, String comment) {
    String type() {
      try {
        return new Buffer.PlainBuffer(blob).readString();
      } catch (Buffer.BufferException e) {
        return "unknown";
      }
    }

    /** The algorithm of signatures with this key (RFC 8332 for RSA). */
    String algorithm() {
      return type().equals("ssh-rsa") ? "rsa-sha2-512" : type();
    }

    @Override
    public String toString() {
      return type() + " " + HostKeyCheck.fingerprint(blob) + " " + comment;
    }
  }

  private final UnixDomainSocketAddress address;
  private final List<Key> keys;

  private Agent(UnixDomainSocketAddress address) throws IOException {
    this.address = address;
    this.keys = list();
  }

  /**
   * The agent that SSH_AUTH_SOCK names, with the keys it holds now; empty if none is named.
   *
   * @throws IOException if it does not answer as an agent
   */
  static Optional<Agent> fromEnvironment() throws IOException {
    String path = System.getenv("SSH_AUTH_SOCK");
    return path == null || path.isEmpty() ? Optional.empty() : Optional.of(at(path));
  }

  /** Where the agent comes from. */
  @FunctionalInterface
  interface Source {
    Optional<Agent> get() throws IOException;
  }

  static Agent at(String path) throws IOException {
    return new Agent(UnixDomainSocketAddress.of(path));
  }

  List<Key> keys() {
    return keys;
  }

  Optional<Key> holding(Optional<byte[]> blob) {
    return blob.flatMap(b -> keys.stream().filter(k -> Arrays.equals(k.blob(), b)).findFirst());
  }

  private List<Key> list() throws IOException {
    Buffer.PlainBuffer answer =
        ask(new Buffer.PlainBuffer().putByte(REQUEST_IDENTITIES), IDENTITIES_ANSWER);
    List<Key> found = new ArrayList<>();
    long count = answer.readUInt32();
    for (long i = 0; i < count; i++) {
      found.add(new Key(answer.readStringAsBytes(), answer.readString()));
    }
    return List.copyOf(found);
  }

  /**
   * The signature, encoded as SSH has it: algorithm, then signature.
   *
   * @throws IOException if the agent refuses, as it may after asking its user
   */
  byte[] sign(Key key, byte[] data) throws IOException {
    return ask(
            new Buffer.PlainBuffer()
                .putByte(SIGN_REQUEST)
                .putString(key.blob())
                .putString(data)
                .putUInt32(key.type().equals("ssh-rsa") ? RSA_SHA2_512 : 0),
            SIGN_RESPONSE)
        .readStringAsBytes();
  }

  private Buffer.PlainBuffer ask(Buffer.PlainBuffer question, byte expected) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(address);
      byte[] message = question.getCompactData();
      ByteBuffer out = ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message);
      out.flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
      DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
      int length = in.readInt();
      if (length < 1 || length > MAX_ANSWER) {
        throw new IOException("no answer of an agent at " + address);
      }
      byte[] answer = new byte[length];
      in.readFully(answer);
      if (answer[0] != expected) {
        throw new IOException("the agent refuses");
      }
      return new Buffer.PlainBuffer(Arrays.copyOfRange(answer, 1, length));
    }
  }
}
