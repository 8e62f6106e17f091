package martymsf.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One object of a JSON file, read strictly: what is missing, wrong or not known goes to the list of problems with its path. */
final class JsonFields {
  final String path;
  private final JsonNode node;
  private final List<String> problems;

  JsonFields(String path, JsonNode node, List<String> problems, Set<String> known) {
    this.path = path;
    this.node = node;
    this.problems = problems;
    if (!node.isObject()) problem("", "is " + kind(node), "an object");
    for (Iterator<String> names = node.fieldNames(); names.hasNext();) {
      String name = names.next();
      if (!known.contains(name)) problem(name, "is not known", "one of " + String.join(", ", known.stream().sorted().toList()));
    }
  }

  boolean has(String name) {
    return node.has(name);
  }

  /** True or false, and false where it is not given. */
  boolean flag(String name) {
    JsonNode value = node.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) problem(name, "is " + kind(value), "true or false");
    return value.asBoolean();
  }

  String text(String name) {
    JsonNode value = node.path(name);
    if (value.isTextual() && !value.textValue().isEmpty()) return value.textValue();
    problem(name, "is " + kind(value), "a text");
    return "";
  }

  String oneOf(String name, List<String> allowed) {
    String value = node.path(name).asText("");
    if (!allowed.contains(value)) problem(name, "is '" + value + "'", "one of " + String.join(", ", allowed));
    return value;
  }

  int whole(String name, int least, int most) {
    JsonNode value = node.path(name);
    if (value.isInt() && value.intValue() >= least && value.intValue() <= most) return value.intValue();
    problem(name, "is " + kind(value), "a whole number from " + least + " to " + most);
    return least;
  }

  /** A number above zero, or null where it is not given. */
  Double number(String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) return null;
    if (!value.isNumber() || value.doubleValue() <= 0) problem(name, "is " + kind(value), "a number > 0");
    return value.doubleValue();
  }

  List<JsonNode> items(String name) {
    JsonNode value = node.path(name);
    List<JsonNode> items = new ArrayList<>();
    if (value.isArray()) value.forEach(items::add);
    else if (!value.isMissingNode()) problem(name, "is " + kind(value), "a list");
    return items;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : items(name)) {
      if (item.isTextual()) texts.add(item.textValue());
      else problem(name + "[" + texts.size() + "]", "is " + kind(item), "a text");
    }
    return texts;
  }

  Map<String, String> settings(String name) {
    Map<String, String> settings = new TreeMap<>();
    JsonNode value = node.path(name);
    if (!value.isMissingNode() && !value.isObject()) problem(name, "is " + kind(value), "an object");
    for (Iterator<String> keys = value.fieldNames(); keys.hasNext();) {
      String key = keys.next();
      JsonNode setting = value.get(key);
      if (!setting.isValueNode() || setting.isNull()) problem(name + "." + key, "is " + kind(setting), "a value");
      settings.put(key, setting.asText());
    }
    return settings;
  }

  void problem(String name, String got, String expected) {
    problems.add(path + (name.isEmpty() ? "" : (path.isEmpty() ? "" : ".") + name) + ": " + got + ", expected " + expected + "; correct the file");
  }

  private static String kind(JsonNode value) {
    if (value.isMissingNode()) return "missing";
    return value.isValueNode() ? value.toString() : value.isArray() ? "a list" : "an object";
  }
}
