// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.util.List;

import org.jspecify.annotations.Nullable;

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
     * Opens a resource in a file of its own. What the inherited method does is to open
     * one that the JVM shares, which is closed with this loader: whoever else reads from
     * that jar just then would be cut off.
     */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        URL url = getResource(name);
        if (url == null) {
            return null;
        }
        try {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(!this.ownsItsFiles);
            return connection.getInputStream();
        }
        catch (IOException ex) {
            return null;
        }
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
