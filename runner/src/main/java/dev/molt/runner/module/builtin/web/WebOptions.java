package dev.molt.runner.module.builtin.web;

import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Option;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options that modules share which ask web servers: Ansible's names and meanings. */
public record WebOptions(
    @Option(value = "What to ask for: http, https or ftp.", required = true) String url,
    @Option(
            value = "Do not take what is there already for what would be sent.",
            defaultValue = "false")
        boolean force,
    @Option("Header fields to send, by name.") Optional<Map<String, Value>> headers,
    @Option(value = "What the host calls itself.", defaultValue = "ansible-httpget")
        String httpAgent,
    @Option(
            value = "Who to log in as.",
            aliases = {"username", "user"})
        Optional<String> urlUsername,
    @Option(value = "The password that goes with it.", aliases = "password", sensitive = true)
        Optional<String> urlPassword,
    @Option(value = "Log in before the server asks for it.", defaultValue = "false")
        boolean forceBasicAuth,
    @Option(value = "Refuse a server whose certificate is not trusted.", defaultValue = "true")
        boolean validateCerts,
    @Option("A certificate to log in with: a PEM file on the host.") Optional<String> clientCert,
    @Option("Its key, where the certificate's file does not hold it.") Optional<String> clientKey,
    @Option("What TLS may be encrypted with, as OpenSSL names it.") Optional<List<String>> ciphers,
    @Option(
            value = "Go through the proxy that the host's environment names.",
            defaultValue = "true")
        boolean useProxy,
    @Option(value = "Log in with what ~/.netrc on the host says.", defaultValue = "true")
        boolean useNetrc,
    @Option(value = "Log in with Kerberos.", defaultValue = "false") boolean useGssapi,
    @Option(value = "Unpack what the server has packed for the way.", defaultValue = "true")
        boolean decompress,
    @Option("Header fields that are not sent again where a server refers to another place.")
        Optional<List<String>> unredirectedHeaders) {}
