// Schema: which sections and channel kinds a configuration may have, and what their keys mean.
//
// Place:  registry -> SCHEMA -> loader, reference, example. The loader knows no protocol; it fills
//         what it is handed.
// Thread: built at start, read-only after.
#pragma once

#include <any>
#include <string>
#include <vector>

#include "gateway/base/fields.hpp"

namespace siaga::config {

struct Section {
  std::string name;      // "mqtt", or a channel's kind: "smpp"
  std::string sentence;  // what it is for
  Fields const* fields;
  std::any (*defaults)();            // a default-constructed settings struct
  void* (*target)(std::any& value);  // the struct inside, for Field::set
  std::string address_key = {};      // channel kinds: the officer's key; "" = speaks to all at once
};

struct Schema {
  std::vector<Section> sections;       // [mqtt], [http], [delivery], ...
  std::vector<Section> channel_kinds;  // [channel.NAME] kind = "..."
};

// For a settings struct S with `static Fields const& fields()`.
template <class S>
Section section(std::string name, std::string sentence) {
  return {std::move(name),
          std::move(sentence),
          &S::fields(),
          [] { return std::any(S{}); },
          [](std::any& value) -> void* { return std::any_cast<S>(&value); },
          {}};
}

}  // namespace siaga::config
