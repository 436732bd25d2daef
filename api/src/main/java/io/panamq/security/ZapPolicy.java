// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Applies the rules of an authenticator. It is used by the thread of the authenticator only. */
final class ZapPolicy {
    private static final DomainRules NONE = new DomainRules();

    private final List<AddressRange> allowed;
    private final List<AddressRange> denied;
    private final Map<String, DomainRules> domains = new HashMap<>();

    ZapPolicy(
            List<AddressRange> allowed,
            List<AddressRange> denied,
            Map<String, DomainRules> domains) {
        this.allowed = List.copyOf(allowed);
        this.denied = List.copyOf(denied);
        domains.forEach((name, rules) -> this.domains.put(name, rules.copy()));
    }

    /** Returns the decision of the rules; null if they leave it to the callback. */
    @Nullable ZapReply decide(ZapRequest request) {
        byte[] address = AddressRange.bytes(request.address());
        if (contains(denied, address)) {
            return ZapReply.refuse("its address is denied");
        }
        if (!allowed.isEmpty() && !contains(allowed, address)) {
            return ZapReply.refuse("its address is not allowed");
        }
        for (DomainRules rules : rulesFor(request)) {
            ZapReply reply = rules.accept(request.credentials());
            if (reply != null) {
                return reply;
            }
        }
        return null;
    }

    /** Returns the callback for a request that the rules did not decide; null if there is none. */
    @Nullable Function<? super ZapRequest, ZapReply> callback(ZapRequest request) {
        for (DomainRules rules : rulesFor(request)) {
            if (rules.callback != null) {
                return rules.callback;
            }
        }
        return null;
    }

    List<DomainRules> rulesFor(ZapRequest request) {
        return List.of(
                domains.getOrDefault(request.domain(), NONE),
                domains.getOrDefault(ZapAuthenticator.ANY_DOMAIN, NONE));
    }

    private static boolean contains(List<AddressRange> ranges, byte[] address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Wipes the passwords. */
    void destroy() {
        for (DomainRules rules : domains.values()) {
            rules.passwords.values().forEach(password -> Arrays.fill(password, (byte) 0));
            rules.passwords.clear();
        }
    }
}
