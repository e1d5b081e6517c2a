package dev.molt.runner.remote.ssh;

import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.kex.DHGroups;
import com.hierynomus.sshj.transport.kex.ExtInfoClientFactory;
import com.hierynomus.sshj.transport.mac.Macs;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.util.List;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.compression.NoneCompression;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.random.JCERandom;
import net.schmizz.sshj.transport.random.SingletonRandomFactory;
import net.schmizz.sshj.userauth.keyprovider.OpenSSHKeyFile;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;

/**
 * What Molt offers when keys are exchanged: nothing with SHA-1 or CBC. AES-GCM comes first since
 * the JDK does it in hardware. Built once for all connections, as building it costs more than a
 * handshake.
 */
final class SshConfig extends ConfigImpl {
  private static final class Holder {
    static final SshConfig INSTANCE = new SshConfig();
  }

  static SshConfig shared() {
    return Holder.INSTANCE;
  }

  private SshConfig() {
    // Before any class of SSHJ asks for a cipher: it would look for BouncyCastle.
    SecurityUtils.setRegisterBouncyCastle(false);
    EcdsaProvider.register();
    setLoggerFactory(LoggerFactory.DEFAULT);
    setVersion("Molt");
    setKeyExchangeFactories(
        List.of(
            new Curve25519SHA256.Factory(),
            new Curve25519SHA256.FactoryLibSsh(),
            new ECDHNistP.Factory256(),
            new ECDHNistP.Factory384(),
            new ECDHNistP.Factory521(),
            DHGroups.Group16SHA512(),
            DHGroups.Group18SHA512(),
            DHGroups.Group14SHA256(),
            new ExtInfoClientFactory()));
    setKeyAlgorithms(
        List.of(
            KeyAlgorithms.EdDSA25519(),
            KeyAlgorithms.ECDSASHANistp256(),
            KeyAlgorithms.ECDSASHANistp384(),
            KeyAlgorithms.ECDSASHANistp521(),
            KeyAlgorithms.RSASHA512(),
            KeyAlgorithms.RSASHA256()));
    setCipherFactories(
        List.of(
            GcmCiphers.AES128GCM(),
            GcmCiphers.AES256GCM(),
            BlockCiphers.AES128CTR(),
            BlockCiphers.AES192CTR(),
            BlockCiphers.AES256CTR()));
    setMACFactories(
        List.of(
            Macs.HMACSHA2256Etm(), Macs.HMACSHA2512Etm(), Macs.HMACSHA2256(), Macs.HMACSHA2512()));
    setCompressionFactories(List.of(new NoneCompression.Factory()));
    setRandomFactory(new SingletonRandomFactory(new JCERandom.Factory()));
    setFileKeyProviderFactories(
        List.of(
            new OpenSSHKeyV1KeyFile.Factory(),
            new PKCS8KeyFile.Factory(),
            new OpenSSHKeyFile.Factory()));
    // The other kind only sends, and so never learns that the peer is dead.
    setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
  }
}
