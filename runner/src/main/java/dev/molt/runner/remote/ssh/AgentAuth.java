package dev.molt.runner.remote.ssh;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Public key authentication (RFC 4252, section 7) with a key that only the agent knows: asks
 * whether the server would take it, and has the request signed if so.
 */
final class AgentAuth extends AbstractAuthMethod {
  private final Agent agent;
  private final Agent.Key key;

  AgentAuth(Agent agent, Agent.Key key) {
    super("publickey");
    this.agent = agent;
    this.key = key;
  }

  @Override
  protected SSHPacket buildReq() throws UserAuthException {
    return request(false);
  }

  private SSHPacket request(boolean signed) throws UserAuthException {
    SSHPacket packet = super.buildReq();
    packet.putBoolean(signed).putString(key.algorithm()).putString(key.blob());
    return packet;
  }

  @Override
  public void handle(Message message, SSHPacket buffer)
      throws UserAuthException, TransportException {
    if (message != Message.USERAUTH_60) {
      super.handle(message, buffer);
      return;
    }
    SSHPacket request = request(true);
    byte[] signed =
        new Buffer.PlainBuffer()
            .putString(params.getTransport().getSessionID())
            .putBuffer(request)
            .getCompactData();
    try {
      request.putString(agent.sign(key, signed));
    } catch (IOException e) {
      throw new UserAuthException("the agent does not sign with it: " + e.getMessage(), e);
    }
    params.getTransport().write(request);
  }
}
