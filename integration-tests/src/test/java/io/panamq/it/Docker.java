// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * Decides whether tests that need containers run. Without a Docker engine they are skipped with a
 * warning; with {@code -Dpanamq.requireDocker=true} they fail instead.
 */
final class Docker implements ExecutionCondition {

    static final String REQUIRE = "panamq.requireDocker";

    private static final Logger LOG = LoggerFactory.getLogger(Docker.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("decided for the whole class");
        }
        String problem = problem();
        if (problem == null) {
            return ConditionEvaluationResult.enabled("a Docker engine answers");
        }
        String test = context.getDisplayName();
        if (Boolean.getBoolean(REQUIRE)) {
            throw new IllegalStateException(
                    test + " needs Docker (-D" + REQUIRE + "=true), but " + problem);
        }
        LOG.warn("==================================================================");
        LOG.warn("SKIPPED: {} speaks to a foreign peer in a container,", test);
        LOG.warn("but {}", problem);
        LOG.warn("Start Docker to run it; -D{}=true makes this a failure.", REQUIRE);
        LOG.warn("==================================================================");
        return ConditionEvaluationResult.disabled("no Docker: " + problem);
    }

    /** Returns why no engine can be used, or null if one can. */
    private static String problem() {
        try {
            DockerClientFactory.instance().client();
            return null;
        } catch (RuntimeException | LinkageError e) {
            return "no engine can be used: " + e.getMessage();
        }
    }
}
