// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.futures.serial.ClassPathEntries;
import org.jspecify.annotations.Nullable;

/**
 * What a child needs on its command line to see the same classes as this JVM: its class
 * path, its module path and modules, what class loaders below that of the application
 * add, as in an exploded Spring Boot application, and, for the jars in an executable jar,
 * which only Spring Boot's own launcher finds, that launcher.
 *
 * @param classes the class path
 * @param modules the module path
 * @param roots the modules to resolve
 * @param module the module of the main class, or {@code null} if it is on the class path
 * @param launcher Spring Boot's launcher and its options, or nothing
 */
record ClassPath(List<Path> classes, List<Path> modules, List<String> roots, @Nullable String module,
        List<String> launcher) {

    private static final String BOOT_LOADER = "org.springframework.boot.loader.";

    static ClassPath ofThisJvm() {
        ClassLoader loader = WorkerMain.class.getClassLoader();
        List<Path> modules = ClassPathEntries.ofModulePath();
        return new ClassPath(List.copyOf(collect(loader)), modules, modules.isEmpty() ? List.of() : resolvedModules(),
                WorkerMain.class.getModule().getName(), bootLauncher(loader));
    }

    /** Returns the arguments up to and including the main class. */
    List<String> arguments(String mainClass) {
        List<String> arguments = new ArrayList<>();
        if (!this.modules.isEmpty()) {
            arguments.addAll(List.of("--module-path", join(this.modules)));
        }
        if (!this.roots.isEmpty()) {
            arguments.addAll(List.of("--add-modules", String.join(",", this.roots)));
        }
        if (!this.classes.isEmpty()) {
            arguments.addAll(List.of("-cp", join(this.classes)));
        }
        if (!this.launcher.isEmpty()) {
            arguments.add("-Dloader.main=" + mainClass);
            arguments.addAll(this.launcher);
        }
        else if (this.module != null) {
            arguments.addAll(List.of("-m", this.module + "/" + mainClass));
        }
        else {
            arguments.add(mainClass);
        }
        return arguments;
    }

    /** Returns everything that may be a file whose change matters. */
    List<Path> entries() {
        List<Path> entries = new ArrayList<>(this.classes);
        entries.addAll(this.modules);
        return entries;
    }

    private static String join(Collection<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** A loader above that of the platform or of this class is of no interest. */
    private static Set<Path> collect(@Nullable ClassLoader loader) {
        if (loader == null || loader == ClassLoader.getSystemClassLoader()
                || loader == ClassLoader.getPlatformClassLoader()) {
            return new LinkedHashSet<>(ClassPathEntries.ofClassPath());
        }
        Set<Path> own = new LinkedHashSet<>();
        for (URL url : urls(loader)) {
            if (isFile(url)) {
                own.add(path(url));
            }
        }
        Set<Path> above = collect(loader.getParent());
        // those of the JDK ask their parent first, those of frameworks often do not
        boolean parentFirst = loader.getClass().getClassLoader() == null;
        Set<Path> all = parentFirst ? above : own;
        all.addAll(parentFirst ? own : above);
        return all;
    }

    private static List<URL> urls(ClassLoader loader) {
        return (loader instanceof URLClassLoader known) ? List.of(known.getURLs()) : List.of();
    }

    private static boolean isFile(URL url) {
        return "file".equals(url.getProtocol());
    }

    /** A URL made from a plain string may have blanks, which no URI has. */
    private static Path path(URL url) {
        try {
            URI uri = url.toURI();
            return Path.of(uri);
        }
        catch (URISyntaxException | IllegalArgumentException ex) {
            return Path.of(url.getPath());
        }
    }

    /** Those of the JDK that are not needed by others are roots only by default. */
    private static List<String> resolvedModules() {
        List<String> names = ModuleLayer.boot()
            .configuration()
            .modules()
            .stream()
            .map((resolved) -> resolved.reference())
            .filter((reference) -> reference.location().map((uri) -> !"jrt".equals(uri.getScheme())).orElse(false))
            .map((reference) -> reference.descriptor().name())
            .sorted()
            .collect(Collectors.toCollection(ArrayList::new));
        if (System.getProperty("jdk.module.main") == null) {
            names.add("ALL-DEFAULT");
        }
        return names;
    }

    /** It is in every executable jar, next to the launcher that this JVM ran. */
    private static List<String> bootLauncher(@Nullable ClassLoader loader) {
        for (ClassLoader next = loader; next != null; next = next.getParent()) {
            List<URL> nested = urls(next).stream().filter((url) -> !isFile(url)).toList();
            if (next.getClass().getName().startsWith(BOOT_LOADER) && !nested.isEmpty()) {
                String launcher = next.getClass().getPackageName() + ".PropertiesLauncher";
                boolean war = nested.stream()
                    .anyMatch((url) -> url.toString().contains("!WEB-INF/") || url.toString().contains("!/WEB-INF/"));
                return war ? List.of("-Dloader.path=WEB-INF/classes,WEB-INF/lib,WEB-INF/lib-provided", launcher)
                        : List.of(launcher);
            }
        }
        return List.of();
    }

}
