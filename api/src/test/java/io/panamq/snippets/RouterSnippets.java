// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import io.panamq.DealerSocket;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.RouterSocket;
import io.panamq.error.UnreachablePeerException;
import java.time.Duration;
import java.util.Locale;

/** Examples of envelopes: what a ROUTER replies, forwards and addresses. */
final class RouterSnippets {
    private RouterSnippets() {}

    static void reply(RouterSocket router, String endpoint) {
        // @start region="reply"
        // @replace substring='endpoint' replacement='"tcp://*:5555"' :
        router.bind(endpoint);
        Multipart request = router.receiveMultipart(); // routing id, empty frame, "hello"
        router.send(request.truncate(2).add("world")); // keeps the first two frames: the envelope
        // @end
    }

    static void forward(RouterSocket router, DealerSocket dealer) {
        // @start region="forward"
        dealer.send(router.receiveMultipart()); // the routing id of the client stays in front
        router.send(dealer.receiveMultipart()); // and brings the reply back to it
        // @end
    }

    static void address(RouterSocket router, Multipart request) {
        // @start region="address"
        router.send(Multipart.of("work").wrap("worker 7")); // to a REQ, by its routing id
        router.send(Multipart.of("work").addFirst("worker 8")); // to a DEALER: no empty frame
        router.send(request.truncate(1).add("reply")); // replies to a DEALER
        // @end
    }

    static void unwrap(RouterSocket router, Multipart request) {
        // @start region="unwrap"
        Message client = request.unwrap(); // the routing id; the content is left in the request
        router.send(Multipart.of(answer(request)).wrap(client)); // answer closes the request
        // @end
    }

    static void gone(RouterSocket router, Multipart reply, Duration patience) {
        // @start region="gone"
        try (reply) {
            // @replace substring='patience' replacement='Duration.ofSeconds(1)' :
            if (!router.send(reply, patience)) {
                System.out.println("the client does not read");
            }
        } catch (UnreachablePeerException e) {
            System.out.println("the client has gone");
        }
        // @end
    }

    private static String answer(Multipart request) {
        try (request) {
            return request.getString(0).toUpperCase(Locale.ROOT);
        }
    }
}
