// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** The program of a child JVM of the tests: it loads libzmq and prints the result. */
final class LoaderMain {
    /** The exit code when libzmq was not loaded. */
    static final int FAILED = 3;

    private LoaderMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("twice")) {
            loadInTwoLoaders();
            return;
        }
        try {
            NativeLibrary.load();
            System.out.println("source " + NativeLibrary.source());
            System.out.println("path " + NativeLibrary.path());
            System.out.println("version " + NativeLibrary.version());
        } catch (LibraryLoadException e) {
            System.out.println(e.getMessage());
            System.out.println("suppressed " + e.getSuppressed().length);
            System.out.println("second call " + secondCall(e.getMessage()));
            System.exit(FAILED);
        }
    }

    private static String secondCall(String first) {
        try {
            NativeLibrary.load();
            return "succeeds";
        } catch (LibraryLoadException e) {
            return e.getMessage().equals(first) ? "gives the same text" : e.getMessage();
        }
    }

    private static void loadInTwoLoaders() throws Exception {
        String[] path = System.getProperty("java.class.path").split(java.io.File.pathSeparator);
        URL[] urls = new URL[path.length];
        for (int i = 0; i < path.length; i++) {
            urls[i] = Path.of(path[i]).toUri().toURL();
        }
        ClassLoader parent = ClassLoader.getPlatformClassLoader();
        try (var first = new URLClassLoader(urls, parent);
                var second = new URLClassLoader(urls, parent)) {
            load(first);
            System.out.println("first loaded");
            load(second);
            System.out.println("second loaded");
        } catch (InvocationTargetException e) {
            System.out.println(e.getCause().getMessage());
            System.exit(FAILED);
        }
    }

    private static void load(ClassLoader loader) throws ReflectiveOperationException {
        loader.loadClass("io.panamq.bindings.NativeLibrary").getMethod("load").invoke(null);
    }
}
