// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * The class loader of one worker. It knows the class path of the application and, above
 * it, nothing but the JDK. It is named after the worker, which is seen in stack traces.
 */
final class IsolatedClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final boolean ownsItsFiles;

    IsolatedClassLoader(String name, List<URL> classPath) {
        super(name, classPath.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
        this.ownsItsFiles = classPath.stream().allMatch((url) -> url.getProtocol().equals("file"));
    }

    /**
     * Closes the files of this loader. What is not a plain file is opened by the handler
     * of the application, which may share it with the application's own class loader; to
     * close that would take the classes from under the application, so it is left to be
     * collected.
     */
    @Override
    public void close() throws IOException {
        if (this.ownsItsFiles) {
            super.close();
        }
    }

}
