package dev.molt.runner.module.files;

import dev.molt.runner.remote.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The entries of a tree that a host lacks, as one tar stream that is made while it is sent: no
 * content is held in memory. All names start with {@code x/}, the tree's root.
 */
final class TarContent implements Content {
  private static final int BUFFER = 64 * 1024;
  private static final int TAR_RECORD = 10_240;

  /** An entry with the attributes that it is to get. */
  record Item(TreeEntry entry, int mode, long uid, long gid) {}

  private final List<Item> items;
  private final TreeSource source;
  private final Consumer<String> progress;
  private final long length;

  TarContent(List<Item> items, TreeSource source, Consumer<String> progress) {
    this.items = items;
    this.source = source;
    this.progress = progress;
    this.length = measure();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    write(new ProgressStream(out, length, progress), source);
  }

  /** Headers vary in length with names, so the stream is made once with nothing in the files. */
  private long measure() {
    CountingStream count = new CountingStream();
    byte[] zeros = new byte[BUFFER];
    TreeSource blank =
        (wanted, sink) -> {
          for (Item item : items) {
            if (wanted.test(item.entry())) {
              sink.file(item.entry(), new Zeros(zeros, item.entry().size()));
            }
          }
        };
    try {
      write(count, blank);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count.total;
  }

  private void write(OutputStream out, TreeSource contents) throws IOException {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, TAR_RECORD, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    java.util.Map<String, Item> files = new java.util.HashMap<>();
    List<Item> hardLinks = new ArrayList<>();
    for (Item item : items) {
      TreeEntry entry = item.entry();
      if (entry.isHardLink()) {
        hardLinks.add(item);
      } else if (entry.isFile()) {
        files.put(entry.path(), item);
      } else {
        header(tar, item);
        tar.closeArchiveEntry();
      }
    }
    Predicate<TreeEntry> wanted =
        entry -> files.containsKey(entry.path()) && files.get(entry.path()).entry().equals(entry);
    contents.stream(
        wanted,
        (entry, in) -> {
          header(tar, files.remove(entry.path()));
          copy(in, tar, entry);
          tar.closeArchiveEntry();
        });
    if (!files.isEmpty()) {
      throw new IOException(files.keySet() + " vanished from the source while it was being sent");
    }
    for (Item item : hardLinks) {
      header(tar, item);
      tar.closeArchiveEntry();
    }
    tar.finish();
    out.flush();
  }

  private static void header(TarArchiveOutputStream tar, Item item) throws IOException {
    TreeEntry entry = item.entry();
    String name = entry.path().isEmpty() ? "x" : "x/" + entry.path();
    TarArchiveEntry header;
    if (entry.isDirectory()) {
      header = new TarArchiveEntry(name + "/");
    } else if (entry.isFile() && !entry.isHardLink()) {
      header = new TarArchiveEntry(name);
      header.setSize(entry.size());
    } else {
      header =
          new TarArchiveEntry(
              name, entry.isFile() ? TarConstants.LF_LINK : TarConstants.LF_SYMLINK);
      header.setLinkName((entry.isFile() ? "x/" : "") + entry.link().orElse(""));
    }
    header.setMode(item.mode());
    header.setUserId(item.uid());
    header.setGroupId(item.gid());
    header.setModTime(entry.modified() * 1000);
    tar.putArchiveEntry(header);
  }

  private static void copy(InputStream in, OutputStream out, TreeEntry entry) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = entry.size();
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw new IOException(entry.path() + " became shorter while it was being sent");
      }
      out.write(buffer, 0, n);
      left -= n;
    }
  }

  /** As many zeros as a file is long. */
  private static final class Zeros extends InputStream {
    private final byte[] zeros;
    private long left;

    Zeros(byte[] zeros, long left) {
      this.zeros = zeros;
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
      if (left <= 0) {
        return -1;
      }
      int n = (int) Math.min(Math.min(count, left), zeros.length);
      System.arraycopy(zeros, 0, into, offset, n);
      left -= n;
      return n;
    }
  }

  private static final class CountingStream extends OutputStream {
    private long total;

    @Override
    public void write(int b) {
      total++;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      total += count;
    }
  }
}
