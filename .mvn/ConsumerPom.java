// SPDX-License-Identifier: Apache-2.0

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Finishes and checks the pom that consumers of a library get: {@code java ConsumerPom.java POM}.
 * The build calls this after flatten-maven-plugin, which keeps the annotations that only compiling
 * the library needs (scope provided), and attributes that speak to children of our parent.
 */
final class ConsumerPom {
    private static final List<String> NEEDED =
            List.of("name", "description", "url", "licenses", "developers", "scm");
    private static final List<String> OF_THE_BUILD =
            List.of("parent", "dependencyManagement", "properties", "build", "profiles", "modules");

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        Element project = pom.getDocumentElement();
        dropProvided(project);
        Element scm = child(project, "scm");
        while (scm != null && scm.getAttributes().getLength() > 0) {
            scm.removeAttributeNode((Attr) scm.getAttributes().item(0));
        }
        check(project, file);
        pom.setXmlStandalone(true); // so that the first line does not speak of it
        try (var out = Files.newOutputStream(file)) {
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(pom), new StreamResult(out));
        }
    }

    private static void dropProvided(Element project) {
        Element dependencies = child(project, "dependencies");
        Node next = dependencies == null ? null : dependencies.getFirstChild();
        while (next != null) {
            Node node = next;
            next = node.getNextSibling();
            if (node instanceof Element dependency && text(dependency, "scope").equals("provided")) {
                dependencies.removeChild(node.getPreviousSibling()); // its line and indentation
                dependencies.removeChild(node);
            }
        }
        if (dependencies != null && child(dependencies, "dependency") == null) {
            project.removeChild(dependencies.getPreviousSibling());
            project.removeChild(dependencies);
        }
    }

    private static void check(Element project, Path file) {
        for (String name : NEEDED) {
            require(child(project, name) != null, file + " has no " + name);
        }
        for (String name : OF_THE_BUILD) {
            require(child(project, name) == null, file + " has a " + name);
        }
        var dependencies = project.getElementsByTagName("dependency");
        for (int i = 0; i < dependencies.getLength(); i++) {
            var dependency = (Element) dependencies.item(i);
            boolean own = text(dependency, "groupId").equals(text(project, "groupId"));
            require(
                    own && text(dependency, "scope").equals("compile"),
                    file + " has the dependency " + text(dependency, "artifactId"));
        }
    }

    private static void require(boolean condition, String fault) {
        if (!condition) {
            System.err.println("ConsumerPom: " + fault);
            System.exit(1);
        }
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return (Element) node;
            }
        }
        return null;
    }

    private static String text(Element parent, String name) {
        Element child = child(parent, name);
        return child == null ? "" : child.getTextContent().strip();
    }
}
