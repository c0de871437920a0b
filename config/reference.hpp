// Reference: the settings as people look them up: config/README.md, and an example file with every
// key in it. Both come from the tables the loader reads by, so they cannot say anything else.
//
// Place:  Schema -> REFERENCE -> `siaga reference`, config/README.md, config/siaga.example.toml.
// Thread: any. Pure.
#pragma once

#include <map>
#include <string>

#include "config/schema.hpp"

namespace siaga::config {

std::string reference(Schema const& schema);

// What the example sets where a default will not do, as TOML, by "mqtt.url" or "smpp.host"; and by
// "smpp" alone, the name of the channel.
using ExampleValues = std::map<std::string, std::string>;

// Every other key stands there as a comment with its default.
std::string example(Schema const& schema, ExampleValues const& values);

}  // namespace siaga::config
