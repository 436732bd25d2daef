// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Checks the headers of OSGi in the manifest of a library: {@code java BundleManifest.java JAR}.
 * The bundle must be called as the module is, export the same packages, each with a version, need
 * the same Java, and need no annotations of those who compile.
 */
final class BundleManifest {
    /** A comma outside of quotes. */
    private static final Pattern BETWEEN = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    public static void main(String[] args) throws IOException {
        try (var jar = new JarFile(args[0])) {
            Attributes headers = jar.getManifest().getMainAttributes();
            ModuleDescriptor module;
            try (var descriptor = jar.getInputStream(jar.getEntry("module-info.class"))) {
                module = ModuleDescriptor.read(descriptor);
            }
            require("2".equals(headers.getValue("Bundle-ManifestVersion")), "it is no bundle");
            requireSame("name", header(headers, "Bundle-SymbolicName"), module.name());
            requireSame("exports", exports(headers), exports(module));
            requireSame(
                    "Require-Capability",
                    header(headers, "Require-Capability"),
                    "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=22))\"");
            for (String imported : BETWEEN.split(header(headers, "Import-Package"))) {
                boolean own = imported.matches("io\\.panamq\\.bindings.*;version=\"\\[(.*),\\1\\]\"");
                require(own || imported.contains(";resolution:=optional"), "it imports " + imported);
            }
        }
    }

    private static Set<String> exports(ModuleDescriptor module) {
        Set<String> packages = new TreeSet<>();
        module.exports().forEach(exported -> packages.add(exported.source()));
        return packages;
    }

    private static Set<String> exports(Attributes headers) {
        Set<String> packages = new TreeSet<>();
        for (String exported : BETWEEN.split(header(headers, "Export-Package"))) {
            require(exported.contains(";version=\""), "no version of " + exported);
            packages.add(exported.substring(0, exported.indexOf(';')));
        }
        return packages;
    }

    private static String header(Attributes headers, String name) {
        String value = headers.getValue(name);
        require(value != null, "there is no " + name);
        return value;
    }

    private static void requireSame(String what, Object found, Object expected) {
        require(found.equals(expected), what + " is " + found + ", not " + expected);
    }

    private static void require(boolean condition, String fault) {
        if (!condition) {
            System.err.println("BundleManifest: " + fault);
            System.exit(1);
        }
    }
}
