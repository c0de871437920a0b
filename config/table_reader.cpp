#include "config/table_reader.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "config/field_value.hpp"
#include "config/nearest.hpp"

namespace siaga::config {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> keys_of(Fields const& fields, std::vector<std::string> const& besides) {
  std::vector<std::string> keys;
  for (auto const& field : fields.all()) keys.push_back(field.key);
  keys.insert(keys.end(), besides.begin(), besides.end());
  return keys;
}

bool names_a_file(Field const& field) {
  return field.is_path && field.key.ends_with("_file");
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; });
}

}  // namespace

void TableReader::unknown_keys(toml::table const& table, std::string const& where,
                               std::vector<std::string> const& known) {
  for (auto const& [key, node] : table)
    if (std::ranges::find(known, key.str()) == known.end()) unknown_key(key, where, known);
}

void TableReader::unknown_key(toml::key const& key, std::string const& where,
                              std::vector<std::string> const& known) {
  std::string const name(key.str());
  error(document_.place(key.source()),
        "unknown key '" + name + "' in " + where + ": " + did_you_mean(name, known, "known keys"));
}

void TableReader::fill(toml::table const& table, std::string const& where, Fields const& fields,
                       void* target, std::vector<std::string> const& besides) {
  for (auto const& [key, node] : table)
    if (fields.find(key.str()) == nullptr && std::ranges::find(besides, key.str()) == besides.end())
      unknown_key(key, where, keys_of(fields, besides));
  values(table, where, fields, target);
}

void TableReader::values(toml::table const& table, std::string const& where, Fields const& fields,
                         void* target) {
  for (auto const& field : fields.all()) {
    auto const* node = table.get(field.key);
    if (node != nullptr) {
      take(where + " " + field.key, field, *node, target);
      if (field.is_secret) warn_of_secret(*node, where + " " + field.key, field, fields);
    } else if (field.required && !document_.lost_keys.contains(field.key)) {
      error(document_.place(table), where + " needs '" + field.key + "', " +
                                        phrase(field.sentence) + ": add " + field.key + " = ..., " +
                                        wanted(field));
    } else if (field.is_path) {
      default_path(field, target);
    }
  }
}

void TableReader::default_path(Field const& field, void* target) {
  auto value = field.default_value;
  auto const located = [&](std::string& path) {
    if (!path.empty()) path = (fs::path(document_.folder) / path).lexically_normal().string();
  };
  if (auto* path = std::get_if<std::string>(&value)) located(*path);
  if (auto* paths = std::get_if<std::vector<std::string>>(&value))
    std::ranges::for_each(*paths, located);
  field.set(target, value);
}

void TableReader::take(std::string const& name, Field const& field, toml::node const& node,
                       void* target) {
  auto value = field_value(field, node);
  if (auto const* wrong = std::get_if<WrongValue>(&value))
    return error(document_.place(node), name + " " + wrong->why);
  auto& usable = std::get<FieldValue>(value);
  if (sound(name, field, node, usable)) field.set(target, usable);
}

bool TableReader::sound(std::string const& name, Field const& field, toml::node const& node,
                        FieldValue& value) {
  if (auto const why = out_of_range(field, value); !why.empty()) {
    error(document_.place(node), name + " " + why);
    return false;
  }
  if (auto* text = std::get_if<std::string>(&value)) return sound_text(name, field, node, *text);
  auto* texts = std::get_if<std::vector<std::string>>(&value);
  if (texts == nullptr) return true;
  bool all = true;
  auto const* list = node.as_array();
  for (std::size_t i = 0; i < texts->size(); ++i) {
    toml::node const& element = list == nullptr ? node : *list->get(i);
    all = sound_text(name, field, element, (*texts)[i]) && all;
  }
  if (field.required && texts->empty()) {
    error(document_.place(node), name + " is an empty list: name at least one");
    return false;
  }
  return all;
}

bool TableReader::sound_text(std::string const& name, Field const& field, toml::node const& node,
                             std::string& text) {
  auto const place = document_.place(node);
  if (has_control_character(text)) {
    error(place, name + " holds a control character (a line end, a tab): write one plain line");
    return false;
  }
  if (!field.choices.empty() && std::ranges::find(field.choices, text) == field.choices.end()) {
    error(place,
          name + " is '" + text +
              "', which is none of its words: " + did_you_mean(text, field.choices, "right are") +
              (nearest(text, field.choices).empty() ? "" : " Right are: " + listed(field.choices)));
    return false;
  }
  if (field.required && text.empty()) {
    error(place, name + " is empty: write " + phrase(field.sentence));
    return false;
  }
  if (field.is_path && !text.empty()) {
    text = (fs::path(document_.folder) / text).lexically_normal().string();
    if (names_a_file(field)) check_file(name, field, node, text);
  }
  return true;
}

void TableReader::check_file(std::string const& name, Field const& field, toml::node const& node,
                             std::string const& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || ::access(path.c_str(), R_OK) != 0)
    return error(document_.place(node), name + " names " + path + ", which cannot be read, " +
                                            std::strerror(errno) +
                                            ": check the path and its permissions");
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode))
    return error(document_.place(node), name + " names " + path + ", which is no file");
  bool const keeps_a_secret = field.key == "password_file" || field.key == "key_file" ||
                              field.key == "pin_file" || field.key.ends_with("secret_file");
  if (keeps_a_secret && (status.st_mode & (S_IROTH | S_IWOTH)) != 0)
    warning(document_.place(node), name + " names " + path +
                                       ", which every user can read: chmod 600, or 640 with the "
                                       "gateway's group");
}

void TableReader::warn_of_secret(toml::node const& node, std::string const& name,
                                 Field const& field, Fields const& fields) {
  auto const* text = node.as_string();
  if (text == nullptr || text->get().empty()) return;
  auto const beside = field.key + "_file";
  bool const has_file = fields.find(beside) != nullptr;
  warning(document_.place(node),
          name + " is a secret in plain sight of whoever reads or copies this file: " +
              (has_file ? "put it into a file of its own and name that with " + beside
                        : "keep this file readable by the gateway alone"));
}

std::vector<toml::table const*> TableReader::tables(toml::table const& parent,
                                                    std::string const& key,
                                                    std::string const& where) {
  std::vector<toml::table const*> all;
  auto const* node = parent.get(key);
  if (node == nullptr) return all;
  auto const* list = node->as_array();
  if (list == nullptr) {
    error(document_.place(*node), where + " must be a list of tables: write [[" + key + "]]");
    return all;
  }
  for (auto const& element : *list) {
    if (auto const* table = element.as_table())
      all.push_back(table);
    else
      error(document_.place(element), where + " holds something that is no table: write { ... }");
  }
  return all;
}

toml::table const* TableReader::table_at(toml::table const& parent, std::string const& key,
                                         std::string const& where) {
  auto const* node = parent.get(key);
  if (node == nullptr) return nullptr;
  auto const* table = node->as_table();
  if (table == nullptr)
    error(document_.place(*node), where + " must be a table: write { key = value, ... }");
  return table;
}

Place TableReader::place(toml::table const& table, std::string const& key) const {
  auto const* node = table.get(key);
  return node == nullptr ? document_.place(table) : document_.place(*node);
}

Place TableReader::place(toml::table const& table, std::string const& key, std::size_t n) const {
  auto const* node = table.get(key);
  auto const* list = node == nullptr ? nullptr : node->as_array();
  auto const* element = list == nullptr ? nullptr : list->get(n);
  return element == nullptr ? place(table, key) : document_.place(*element);
}

}  // namespace siaga::config
