// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who may connect to the sockets of one domain. Filled by the builder, and only read after it. */
final class DomainRules {
    private static final byte[] NO_PASSWORD = {};

    boolean acceptsNull;
    boolean acceptsAnyCurve;
    final Map<String, byte[]> passwords = new HashMap<>();
    final List<CertificateStore> stores = new ArrayList<>();
    @Nullable Function<? super ZapRequest, ZapReply> callback;

    /** Returns a copy with its own passwords, which the authenticator wipes when it is closed. */
    DomainRules copy() {
        var copy = new DomainRules();
        copy.acceptsNull = acceptsNull;
        copy.acceptsAnyCurve = acceptsAnyCurve;
        // Its own arrays, because they are wiped at the end of the authenticator.
        passwords.forEach((user, password) -> copy.passwords.put(user, password.clone()));
        copy.stores.addAll(stores);
        copy.callback = callback;
        return copy;
    }

    /** Returns the reply that lets the peer in; null if no rule does. */
    @Nullable ZapReply accept(ZapCredentials credentials) {
        return switch (credentials) {
            case ZapCredentials.Null none -> acceptsNull ? ZapReply.accept("") : null;
            case ZapCredentials.Plain plain -> acceptPlain(plain);
            case ZapCredentials.Curve curve -> acceptCurve(curve.publicKey());
            case ZapCredentials.Gssapi gssapi -> null;
        };
    }

    /** Takes as long for a name that is not known as for one that is. */
    private @Nullable ZapReply acceptPlain(ZapCredentials.Plain plain) {
        byte[] known = passwords.getOrDefault(plain.user(), NO_PASSWORD);
        byte[] shown = plain.password().getBytes(StandardCharsets.UTF_8);
        boolean same = MessageDigest.isEqual(known, shown);
        return same && passwords.containsKey(plain.user()) ? ZapReply.accept(plain.user()) : null;
    }

    private @Nullable ZapReply acceptCurve(String publicKey) {
        for (CertificateStore store : stores) {
            Optional<Certificate> certificate = store.find(publicKey);
            if (certificate.isPresent()) {
                return accept(certificate.get());
            }
        }
        return acceptsAnyCurve ? ZapReply.accept(publicKey) : null;
    }

    /** Leaves out the names of a certificate that messages cannot have. */
    private static ZapReply accept(Certificate certificate) {
        Map<String, String> metadata = new HashMap<>(certificate.metadata());
        // What a message cannot have must not keep its owner out.
        metadata.keySet().removeIf(name -> !ZapReply.isName(name));
        metadata.values().removeIf(value -> value.indexOf('\0') >= 0);
        return new ZapReply(ZapReply.Status.ACCEPTED, "", certificate.publicKey(), metadata);
    }
}
