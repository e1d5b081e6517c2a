package dev.molt.runner.remote.ssh;

import java.io.Serial;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;

/**
 * Serves {@code KeyFactory.ECDSA}, the name by which SSHJ asks for what the JDK calls EC. Without
 * it no ECDSA key could be read, neither a user's nor a host's.
 */
public final class EcdsaProvider extends Provider {
  @Serial private static final long serialVersionUID = 1L;

  public EcdsaProvider() {
    super("MoltEcdsa", "1.0", "KeyFactory.ECDSA by way of EC");
    put("KeyFactory.ECDSA", Factory.class.getName());
  }

  /** Makes the name known to this JVM; once is enough, twice does nothing. */
  static void register() {
    Security.addProvider(new EcdsaProvider());
  }

  /** Public because the security framework constructs it. */
  public static final class Factory extends KeyFactorySpi {
    private final KeyFactory ec;

    public Factory() throws NoSuchAlgorithmException {
      ec = KeyFactory.getInstance("EC");
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
      return ec.generatePublic(spec);
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
      return ec.generatePrivate(spec);
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> spec)
        throws InvalidKeySpecException {
      return ec.getKeySpec(key, spec);
    }

    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
      return ec.translateKey(key);
    }
  }
}
