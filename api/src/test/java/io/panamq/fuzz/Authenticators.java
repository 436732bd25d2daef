// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Context;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Socket;
import io.panamq.SocketType;
import io.panamq.security.Certificate;
import io.panamq.security.CertificateStore;
import io.panamq.security.ZapAuthenticator;
import io.panamq.security.ZapReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/** Starts authenticators, which end at any time, and has sockets ask them. */
final class Authenticators {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("authenticate", 1, Authenticators::authenticate),
                    Operation.legal("authenticator", 1, Authenticators::start),
                    Operation.legal("key-pair", 1, Authenticators::keyPair),
                    Operation.legal("certificate", 1, Authenticators::certificate)
                            .orThrow(IOException.class));

    private Authenticators() {}

    private static void authenticate(Worker worker) {
        worker.socket().security().authenticate(worker.draw.coin() ? "a" : "b");
    }

    private static void start(Worker worker) {
        Context context = worker.socket().context();
        ZapAuthenticator.Builder builder =
                ZapAuthenticator.builder(context)
                        .acceptNull("a")
                        .acceptPlain("*", "user", "password")
                        .onRequest(
                                "*", request -> ZapReply.accept(request.credentials().mechanism()))
                        .acceptCurve("a", CertificateStore.of(Certificate.generate()));
        if (worker.draw.coin()) {
            builder.acceptAnyCurve("b").executor(ForkJoinPool.commonPool());
        }
        if (worker.draw.oneIn(4)) {
            builder.denyAddresses("127.0.0.0/8").allowAddresses("::1", "ipc");
        }
        ZapAuthenticator authenticator = builder.start();
        worker.note(authenticator.toString() + authenticator.isClosed());
        if (worker.draw.coin()) {
            authenticator.close();
        } else {
            worker.world.others.add(authenticator::close);
        }
    }

    private static void certificate(Worker worker) throws IOException {
        Certificate made = Certificate.of(Curve.keyPair()).with("name", "value");
        Path folder = Files.createTempDirectory(worker.world.folder, "certificates");
        Path file = folder.resolve("a.key");
        Path secret = folder.resolve("a.key_secret");
        made.save(file);
        made.savePublic(file);
        Certificate own = Certificate.load(secret);
        boolean same = own.equals(made) && own.hashCode() == made.hashCode();
        worker.note(same + " " + own.hasSecretKey() + own.metadata() + own.keys().publicKey());
        CertificateStore store = CertificateStore.open(folder);
        CertificateStore other =
                CertificateStore.of(List.of(Certificate.ofPublicKey(own.publicKey())));
        worker.note(store.find(own.publicKey()).isPresent() + " " + other.size());
        made.destroy();
        Files.delete(file);
        Files.delete(secret);
        Files.delete(folder);
    }

    private static void keyPair(Worker worker) {
        CurveKeyPair keys = Curve.keyPair();
        CurveKeyPair same = new CurveKeyPair(keys.publicKey(), keys.secretKey());
        boolean equal = keys.equals(same) && keys.hashCode() == same.hashCode();
        worker.note(equal + " " + keys);
        keys.destroy();
        worker.note(keys.isDestroyed());
        Socket socket =
                worker.draw.coin() ? Sockets.open(worker, SocketType.PULL) : worker.socket();
        socket.security().curveServer(worker.draw.coin() ? keys : same);
    }
}
