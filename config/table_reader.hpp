// TableReader: fills a settings struct from a TOML table by its Fields, and reports whatever stands
// in the way.
//
// Place:  loader, directory_reader, routing_reader -> TABLE READER -> structs; Problems.
// Thread: one load, one thread.
// Rule:   a value that cannot be used leaves the default in place; the problem is what stops the
//         load.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/document.hpp"
#include "gateway/base/fields.hpp"

namespace siaga::config {

class TableReader {
 public:
  TableReader(Document const& document, Problems& problems)
      : document_(document), problems_(problems) {}

  // `where` names the table in sentences: "[mqtt]". Keys in `besides` are read by the caller.
  void fill(toml::table const& table, std::string const& where, Fields const& fields, void* target,
            std::vector<std::string> const& besides = {});

  // The same, when the table's other keys have been looked at.
  void values(toml::table const& table, std::string const& where, Fields const& fields,
              void* target);

  template <class Record>
  Record record(toml::table const& table, std::string const& where,
                std::vector<std::string> const& besides = {}) {
    Record value;
    fill(table, where, Record::fields(), &value, besides);
    return value;
  }

  void unknown_keys(toml::table const& table, std::string const& where,
                    std::vector<std::string> const& known);

  // [[key]], one after the other; `key = [ {..}, {..} ]` is the same.
  std::vector<toml::table const*> tables(toml::table const& parent, std::string const& key,
                                         std::string const& where);
  // { ... } under a key; null when absent or, reported, something else.
  toml::table const* table_at(toml::table const& parent, std::string const& key,
                              std::string const& where);

  // Where the value of a key stands, or the n-th of its list; the table itself when absent.
  Place place(toml::table const& table, std::string const& key) const;
  Place place(toml::table const& table, std::string const& key, std::size_t n) const;
  Place place(toml::node const& node) const { return document_.place(node); }

  std::string file_and_line(Place where) const {
    return problems_.file(where.file) + ":" + std::to_string(where.line);
  }

  void error(Place where, std::string what) { problems_.error(where, std::move(what)); }
  void warning(Place where, std::string what) { problems_.warning(where, std::move(what)); }
  Document const& document() const noexcept { return document_; }

 private:
  void take(std::string const& name, Field const& field, toml::node const& node, void* target);
  void unknown_key(toml::key const& key, std::string const& where,
                   std::vector<std::string> const& known);
  void default_path(Field const& field, void* target);
  bool sound(std::string const& name, Field const& field, toml::node const& node,
             FieldValue& value);
  bool sound_text(std::string const& name, Field const& field, toml::node const& node,
                  std::string& text);
  void check_file(std::string const& name, Field const& field, toml::node const& node,
                  std::string const& path);
  void warn_of_secret(toml::node const& node, std::string const& name, Field const& field,
                      Fields const& fields);

  Document const& document_;
  Problems& problems_;
};

}  // namespace siaga::config
