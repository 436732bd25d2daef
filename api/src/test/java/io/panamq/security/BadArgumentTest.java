// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.ContextTerminatedException;
import io.panamq.support.WithContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that nulls and values that nobody can send are refused at once. */
class BadArgumentTest extends WithContext {
    @Test
    void shouldRefuseNull() {
        ZapAuthenticator.Builder builder = ZapAuthenticator.builder(context);
        Certificate certificate = Certificate.generate();
        CertificateStore store = CertificateStore.of(certificate);
        ZapReply reply = ZapReply.accept("");
        ZapCredentials none = new ZapCredentials.Null();
        List<ThrowingCallable> calls =
                List.of(
                        () -> ZapAuthenticator.builder(null),
                        () -> builder.denyAddresses((String[]) null),
                        () -> builder.allowAddresses((String) null),
                        () -> builder.acceptNull(null),
                        () -> builder.acceptPlain(null, "a", "b"),
                        () -> builder.acceptPlain("a", null, "b"),
                        () -> builder.acceptPlain("a", "b", null),
                        () -> builder.acceptCurve(null, store),
                        () -> builder.acceptCurve("a", null),
                        () -> builder.acceptAnyCurve(null),
                        () -> builder.onRequest(null, request -> reply),
                        () -> builder.onRequest("a", null),
                        () -> builder.executor(null),
                        () -> Certificate.of(null),
                        () -> Certificate.ofPublicKey(null),
                        () -> Certificate.load(null),
                        () -> certificate.save(null),
                        () -> certificate.savePublic(null),
                        () -> certificate.with(null, "a"),
                        () -> certificate.with("a", null),
                        () -> CertificateStore.of((Certificate[]) null),
                        () -> CertificateStore.of((Certificate) null),
                        () -> CertificateStore.of((Collection<Certificate>) null),
                        () -> CertificateStore.open(null),
                        () -> store.find(null),
                        () -> ZapReply.accept(null),
                        () -> ZapReply.refuse(null),
                        () -> ZapReply.tryLater(null),
                        () -> reply.with(null, "a"),
                        () -> reply.with("a", null),
                        () -> new ZapReply(null, "", "", Map.of()),
                        () -> new ZapReply(ZapReply.Status.FAILED, "", "", null),
                        () -> new ZapRequest(null, "", "", none),
                        () -> new ZapRequest("", null, "", none),
                        () -> new ZapRequest("", "", null, none),
                        () -> new ZapRequest("", "", "", null),
                        () -> new ZapRequest("", "", "", none).isFrom(null),
                        () -> new ZapCredentials.Plain(null, "a"),
                        () -> new ZapCredentials.Plain("a", null),
                        () -> new ZapCredentials.Curve(null),
                        () -> new ZapCredentials.Gssapi(null));

        for (ThrowingCallable call : calls) {
            assertThatNullPointerException().isThrownBy(call);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "User-Id", "Socket-Type", "Identity", "__fd", "a b", "ä", "a\0"})
    void shouldRefuseMetadataThatMessagesCannotHave(String name) {
        assertThatThrownBy(() -> ZapReply.accept("").with(name, "value"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ZapReply.accept("").with("name", "a\0b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAUserIdThatMessagesCannotHave() {
        assertThat(ZapReply.accept("ä".repeat(127)).userId()).hasSize(127);
        for (String userId : List.of("ä".repeat(128), "a\0b")) {
            assertThatThrownBy(() -> ZapReply.accept(userId))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldNotStartInAContextThatHasEnded() {
        context.close();

        assertThatThrownBy(() -> ZapAuthenticator.builder(context).start())
                .isInstanceOf(ContextTerminatedException.class);
    }

    @Test
    void shouldTellTheMechanismOfCredentials() {
        assertThat(
                        List.of(
                                new ZapCredentials.Null().mechanism(),
                                new ZapCredentials.Plain("a", "b").mechanism(),
                                new ZapCredentials.Curve("k").mechanism(),
                                new ZapCredentials.Gssapi("p").mechanism()))
                .containsExactly("NULL", "PLAIN", "CURVE", "GSSAPI");
        assertThat(new ZapCredentials.Plain("a", "secret").toString()).doesNotContain("secret");
    }
}
