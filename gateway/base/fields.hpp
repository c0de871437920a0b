// Fields: the settings table. Each setting is declared once; parser, checks, example, reference and
// help all come from it.
//
// Place:  a settings struct offers `static Fields const& fields()`; config/loader fills it from
//         TOML, config/reference renders it. Defaults are the struct's own member initialisers.
// Thread: built at start, read-only after.
// Units:  a bare number carries its unit in `unit`; durations are written "30s", "5m", "250ms",
//         "2h"; sizes "64MB" (kB, MB, GB by the thousand), or as a bare number of bytes.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace siaga {

using FieldValue = std::variant<std::string, std::int64_t, double, bool, std::chrono::milliseconds,
                                std::vector<std::string>>;

struct Field {
  std::string key;
  FieldValue default_value;  // its alternative is the setting's type
  bool required = false;
  std::string sentence;                                // what it does, for reference and --help
  std::string unit;                                    // "", "messages", "bytes", ...
  double min = std::numeric_limits<double>::lowest();  // numbers; milliseconds for durations
  double max = std::numeric_limits<double>::max();
  std::vector<std::string> choices;  // text only; empty = free
  bool is_path = false;    // relative to the file that names it; the loader makes it absolute
  bool is_secret = false;  // inline use is warned about, value never printed
  bool is_size = false;    // a whole number of bytes that may be written with its unit
  std::function<void(void* settings, FieldValue const&)> set;
};

class Fields {
 public:
  std::vector<Field> const& all() const noexcept { return fields_; }
  Field const* find(std::string_view key) const noexcept;

 protected:
  std::vector<Field> fields_;
};

// FieldsOf<S>: the builder. `FieldsOf<S>().text("host", &S::host, "...").required()...`
template <class S>
class FieldsOf : public Fields {
 public:
  FieldsOf& text(std::string key, std::string S::*member, std::string sentence) {
    return add<std::string>(std::move(key), member, std::move(sentence));
  }
  FieldsOf& number(std::string key, std::int64_t S::*member, std::string sentence) {
    return add<std::int64_t>(std::move(key), member, std::move(sentence));
  }
  FieldsOf& size(std::string key, std::int64_t S::*member, std::string sentence) {
    add<std::int64_t>(std::move(key), member, std::move(sentence));
    return last([](Field& f) { f.is_size = true; });
  }
  FieldsOf& real(std::string key, double S::*member, std::string sentence) {
    return add<double>(std::move(key), member, std::move(sentence));
  }
  FieldsOf& flag(std::string key, bool S::*member, std::string sentence) {
    return add<bool>(std::move(key), member, std::move(sentence));
  }
  FieldsOf& duration(std::string key, std::chrono::milliseconds S::*member, std::string sentence) {
    return add<std::chrono::milliseconds>(std::move(key), member, std::move(sentence));
  }
  FieldsOf& list(std::string key, std::vector<std::string> S::*member, std::string sentence) {
    return add<std::vector<std::string>>(std::move(key), member, std::move(sentence));
  }

  // These shape the field declared last.
  FieldsOf& required() {
    return last([](Field& f) { f.required = true; });
  }
  FieldsOf& unit(std::string u) {
    return last([&](Field& f) { f.unit = std::move(u); });
  }
  FieldsOf& range(double low, double high) {
    return last([&](Field& f) { f.min = low, f.max = high; });
  }
  FieldsOf& one_of(std::vector<std::string> c) {
    return last([&](Field& f) { f.choices = std::move(c); });
  }
  FieldsOf& path() {
    return last([](Field& f) { f.is_path = true; });
  }
  FieldsOf& secret() {
    return last([](Field& f) { f.is_secret = true; });
  }

 private:
  template <class T>
  FieldsOf& add(std::string key, T S::*member, std::string sentence) {
    Field field;
    field.key = std::move(key);
    field.default_value = S{}.*member;
    field.sentence = std::move(sentence);
    field.set = [member](void* settings, FieldValue const& value) {
      static_cast<S*>(settings)->*member = std::get<T>(value);
    };
    fields_.push_back(std::move(field));
    return *this;
  }
  template <class F>
  FieldsOf& last(F&& shape) {
    shape(fields_.back());
    return *this;
  }
};

}  // namespace siaga
