// json_fields: how one struct member becomes one JSON key, both ways, from a single list of
// members.
//
// Place:  alert_codec. A struct is described once by `fields(visitor, value)`; Writer and Reader
//         visit.
// Thread: pure.
// Errors: Reader throws SqlFailure(storage_corrupt) for a value of another type than was written.
#pragma once

#include <boost/json.hpp>

#include "gateway/journal/database/query.hpp"

namespace siaga::journal {

namespace json = boost::json;

template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsId : std::false_type {};
template <class Tag, class Rep>
struct IsId<Id<Tag, Rep>> : std::true_type {};

class Writer;
class Reader;
template <class T>
json::value write(T const& value);
template <class T>
T read(json::value const& value);

class Writer {
 public:
  template <class T>
  void operator()(char const* key, T const& value) {
    if constexpr (IsOptional<T>::value) {
      if (value) object_[key] = write(*value);
    } else if constexpr (requires { value.empty(); }) {
      if (!value.empty()) object_[key] = write(value);
    } else {
      object_[key] = write(value);
    }
  }
  json::object take() { return std::move(object_); }

 private:
  json::object object_;
};

class Reader {
 public:
  explicit Reader(json::object const& object) : object_(object) {}
  template <class T>
  void operator()(char const* key, T& value) {
    auto const* found = object_.if_contains(key);
    if (found == nullptr) return;
    if constexpr (IsOptional<T>::value) {
      value = read<typename T::value_type>(*found);
    } else {
      value = read<T>(*found);
    }
  }

 private:
  json::object const& object_;
};

[[noreturn]] inline void not_as_written(char const* what) {
  throw SqlFailure(Error(Errc::storage_corrupt, std::string("stored JSON: not ") + what));
}

template <class T>
json::value write(T const& value) {
  if constexpr (Worded<T>) {
    return json::value(json::string_view(to_word(value).data(), to_word(value).size()));
  } else if constexpr (std::same_as<T, std::string>) {
    return json::value(json::string_view(value.data(), value.size()));
  } else if constexpr (IsId<T>::value) {
    return write(value.value);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return json::value(value);
  } else if constexpr (std::same_as<T, milliseconds>) {
    return json::value(value.count());
  } else if constexpr (std::same_as<T, UtcTime>) {
    return json::value(value.time_since_epoch().count());
  } else if constexpr (IsList<T>::value) {
    json::array all;
    for (auto const& one : value) all.push_back(write(one));
    return all;
  } else {
    Writer writer;
    fields(writer, value);
    return writer.take();
  }
}

template <class T>
T read(json::value const& value) {
  if constexpr (Worded<T>) {
    auto const word =
        value.is_string() ? from_word<T>(std::string_view(value.get_string())) : std::optional<T>();
    if (!word) not_as_written("a known word");
    return *word;
  } else if constexpr (std::same_as<T, std::string>) {
    if (!value.is_string()) not_as_written("a text");
    return std::string(value.get_string());
  } else if constexpr (IsId<T>::value) {
    return T(read<decltype(T::value)>(value));
  } else if constexpr (std::same_as<T, bool>) {
    if (!value.is_bool()) not_as_written("true or false");
    return value.get_bool();
  } else if constexpr (std::is_arithmetic_v<T>) {
    if (!value.is_int64()) not_as_written("a number");
    return static_cast<T>(value.get_int64());
  } else if constexpr (std::same_as<T, milliseconds>) {
    return milliseconds(read<std::int64_t>(value));
  } else if constexpr (std::same_as<T, UtcTime>) {
    return UtcTime(milliseconds(read<std::int64_t>(value)));
  } else if constexpr (IsList<T>::value) {
    if (!value.is_array()) not_as_written("a list");
    T all;
    for (auto const& one : value.get_array()) all.push_back(read<typename T::value_type>(one));
    return all;
  } else {
    if (!value.is_object()) not_as_written("an object");
    T result;
    Reader reader(value.get_object());
    fields(reader, result);
    return result;
  }
}

}  // namespace siaga::journal
