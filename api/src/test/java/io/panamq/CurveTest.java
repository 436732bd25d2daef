// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.NativeLibrary;
import io.panamq.support.ChildJvm;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the making of CURVE keys. */
class CurveTest {
    @TempDir Path folder;

    @BeforeAll
    static void needCurve() {
        assumeTrue(Zmq.has(Capability.CURVE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '"',
            value = {
                "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID",
                "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6 rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
            })
    void shouldDeriveThePublicKeysOfKnownSecrets(String secretKey, String publicKey) {
        assertThat(Curve.publicKey(secretKey)).isEqualTo(publicKey);
    }

    @Test
    void shouldMakeKeysThatBelongTogetherAndDiffer() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            CurveKeyPair keys = Curve.keyPair();
            assertThat(Curve.publicKey(keys.secretKey())).isEqualTo(keys.publicKey());
            assertThat(Z85.decode(keys.secretKey())).hasSize(32);
            assertThat(seen.add(keys.secretKey())).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh\""})
    void shouldRefuseWhatIsNoKeyWithoutShowingIt(String text) {
        String good = Curve.keyPair().publicKey();

        assertThatThrownBy(() -> Curve.publicKey(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("secret key ")
                .hasNoCause()
                .message()
                .doesNotContain("JTKVSB");
        assertThatThrownBy(() -> new CurveKeyPair(good, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("secret key ");
        assertThatThrownBy(() -> new CurveKeyPair(text, good))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("public key ");
    }

    @Test
    void shouldNotShowTheSecretKey() {
        CurveKeyPair keys = Curve.keyPair();

        assertThat(keys.toString()).contains(keys.publicKey()).doesNotContain(keys.secretKey());
        assertThat(new CurveKeyPair(keys.publicKey(), keys.secretKey())).isEqualTo(keys);
    }

    @Test
    void shouldWipeTheSecretKey() {
        CurveKeyPair keys = Curve.keyPair();
        CurveKeyPair same = new CurveKeyPair(keys.publicKey(), keys.secretKey());
        assertThat(keys).isEqualTo(same).hasSameHashCodeAs(same);

        keys.destroy();
        keys.destroy();

        assertThat(keys.isDestroyed()).isTrue();
        assertThat(same.isDestroyed()).isFalse();
        assertThat(keys).isNotEqualTo(same).isEqualTo(keys);
        assertThat(same).isNotEqualTo(keys);
        assertThatThrownBy(keys::secretKey)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(keys + ": the secret key was destroyed");
        assertThatThrownBy(keys::copySecret).isInstanceOf(IllegalStateException.class);
    }

    /** libzmq keeps its own copy, so a server goes on. */
    @Test
    void shouldRefuseASocketADestroyedPairAndLeaveItToOneThatHadItBefore() {
        CurveKeyPair keys = Curve.keyPair();
        String secretKey = keys.secretKey();
        try (Context context = Context.create();
                PairSocket before = context.pair();
                PairSocket after = context.pair()) {
            before.security().curveServer(keys);
            keys.destroy();

            assertThat(before.get(SocketOption.CURVE_SECRETKEY)).isEqualTo(secretKey);
            assertThatThrownBy(() -> after.security().curveServer(keys))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> after.security().curveClient(keys.publicKey(), keys))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(after.get(SocketOption.MECHANISM)).as("nothing was set").isZero();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "ulimit")
    void shouldNeedNoFileDescriptor() {
        assumeTrue(NativeLibrary.isHardened("tweetnacl-urandom"), "another libzmq may need one");
        ChildJvm.Ended ended =
                new ChildJvm(folder)
                        .after("ulimit -n 256")
                        .with("-XX:-MaxFDLimit")
                        .run(60, CurveWithoutDescriptors.class);

        assertThat(ended.output()).isEqualTo("keys true, left of four 2\n");
        assertThat(ended.exit()).isZero();
    }
}
