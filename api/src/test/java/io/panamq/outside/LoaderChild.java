// SPDX-License-Identifier: Apache-2.0
package io.panamq.outside;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays an application server: loads the same application several times, each in a class loader of
 * its own, and drops it again.
 */
public final class LoaderChild {
    private LoaderChild() {}

    /** The arguments are the number of applications at a time, and how often they are deployed. */
    public static void main(String[] args) throws Exception {
        int applications = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            deploy(applications, loaders);
        }
        long end = System.nanoTime() + 30_000_000_000L;
        while (loaders.stream().anyMatch(loader -> loader.get() != null)) {
            if (System.nanoTime() > end) {
                System.out.println(
                        "still reachable; threads: " + Thread.getAllStackTraces().keySet());
                System.exit(1);
            }
            System.gc();
            Thread.onSpinWait();
        }
        System.out.println("all " + loaders.size() + " loaders are gone");
    }

    /** The applications live at the same time, until this returns. */
    private static void deploy(int applications, List<WeakReference<ClassLoader>> loaders)
            throws Exception {
        List<URLClassLoader> open = new ArrayList<>();
        for (int i = 0; i < applications; i++) {
            URLClassLoader loader =
                    new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
            open.add(loader);
            loaders.add(new WeakReference<>(loader));
            Thread.currentThread().setContextClassLoader(loader);
            try {
                loader.loadClass("io.panamq.outside.LoaderApplication")
                        .getMethod("main", String[].class)
                        .invoke(null, (Object) new String[0]);
            } finally {
                Thread.currentThread().setContextClassLoader(null);
            }
        }
        for (URLClassLoader loader : open) {
            loader.close();
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            URI uri = Path.of(entry).toUri();
            urls.add(uri.toURL());
        }
        return urls.toArray(new URL[0]);
    }
}
