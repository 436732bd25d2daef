// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import io.panamq.Context;
import io.panamq.Message;

/** Examples of the pages of packages. */
final class PackageSnippets {
    private PackageSnippets() {}

    static void first() {
        // @start region="first"
        try (var context = Context.create();
                var pull = context.pull();
                var push = context.push()) {
            String endpoint = pull.bind("tcp://127.0.0.1:*"); // returns the resolved endpoint
            push.connect(endpoint);
            push.send("hello"); // a String or byte[] is copied, a Message moved
            try (Message message = pull.receive()) {
                System.out.println(message.getString());
            }
        }
        // @end
    }
}
