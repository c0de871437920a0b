#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "config/agency_reader.hpp"
#include "config/area_reader.hpp"
#include "config/directory_reader.hpp"
#include "config/field_value.hpp"
#include "config/forms.hpp"
#include "config/gateway_section.hpp"
#include "config/level_reader.hpp"
#include "config/nearest.hpp"
#include "config/records.hpp"
#include "config/routing_reader.hpp"
#include "config/zone.hpp"
#include "gateway/base/digest.hpp"

namespace siaga::config {
namespace {

namespace fs = std::filesystem;

class Loader {
 public:
  Loader(std::string const& file, Schema const& schema)
      : schema_(schema), main_(open_document(file, problems_)), reader_(main_, problems_) {
    settings_.file = file;
    hash_.begin();
  }

  Loaded load();
  Loaded load_gateway();

 private:
  void digest(Document& document);
  void top_level_keys();
  void gateway();
  void zone(toml::table const* table);
  void sections();
  void section(Section const& section);
  void channels();
  void channel(std::string const& name, toml::table const& table, Place place);
  void standby(ChannelSettings const& channel, toml::table const& table);
  void fill_channel(Section const& kind, toml::table const& table, ChannelSettings& channel);
  void directories();
  void people_and_rules();
  void missing_parts();
  std::string fixed_hash() const;
  void remember(std::string const& name, toml::table const& table);
  std::string shown(std::string const& path) const;

  Schema const& schema_;
  Problems problems_;
  Document main_;
  TableReader reader_;
  std::vector<Document> directories_;
  Settings settings_;
  Names channel_names_{"channel", "[channel.NAME]"};
  Paths paths_;
  Sha256 hash_;
};

// The file's share of the hash; its bytes are not kept beside what was read of them.
void Loader::digest(Document& document) {
  hash_.add(document.bytes);
  document.bytes = {};
}

Loaded Loader::load() {
  digest(main_);
  if (main_.understood) {
    top_level_keys();
    gateway();
    sections();
    channels();
    directories();
    people_and_rules();
    if (!main_.broken) missing_parts();
  }
  settings_.hash = to_hex(bytes_of(hash_.end()));
  settings_.fixed_hash = fixed_hash();
  Loaded loaded;
  loaded.settings = std::move(settings_);
  loaded.problems = problems_.in_order();
  return loaded;
}

Loaded Loader::load_gateway() {
  if (main_.understood) gateway();
  Loaded loaded;
  loaded.settings = std::move(settings_);
  loaded.problems = problems_.in_order();
  return loaded;
}

void Loader::top_level_keys() {
  std::vector<std::string> known = {"gateway", "channel", "agency", "route", "policy", "level"};
  for (auto const& section : schema_.sections) known.push_back(section.name);
  for (std::string const name : {"officer", "team", "area"}) {
    known.push_back(name);
    if (auto const* node = main_.table.get(name))
      reader_.error(reader_.place(*node), "[[" + name +
                                              "]] belongs in a directory file: move it to a file "
                                              "named by [gateway] directory");
  }
  reader_.unknown_keys(main_.table, "the file", known);
}

void Loader::gateway() {
  auto const* table = reader_.table_at(main_.table, "gateway", "[gateway]");
  if (table == nullptr) {
    if (!main_.table.contains("gateway"))
      reader_.error({main_.index, 1, 1},
                    "[gateway] is missing, the section that names this gateway: add [gateway] and "
                    "name = \"...\"");
    return;
  }
  reader_.fill(*table, "[gateway]", GatewaySettings::fields(), &settings_.gateway);
  auto const& name = settings_.gateway.name;
  if (table->contains("name") && !is_word(name))
    reader_.error(reader_.place(*table, "name"),
                  "[gateway] name '" + name +
                      "' is not one word: write small letters, digits, '-' and '_' only");
  zone(table);
  remember("gateway", *table);
}

void Loader::zone(toml::table const* table) {
  auto const place = reader_.place(*table, "time_zone");
  auto const& name = settings_.gateway.time_zone;
  auto const found = find_zone(name);
  if (!found)
    return reader_.error(
        place, "[gateway] time_zone '" + name + "' is not to be had: " + found.error().detail);
  settings_.zone = found->name;
  if (found->keeps_summer_time)
    reader_.warning(place, "[gateway] time_zone '" + name +
                               "' keeps summer time, which is not followed: times are shown in " +
                               found->name.name + " all the year");
}

void Loader::sections() {
  for (auto const& one : schema_.sections) section(one);
}

void Loader::section(Section const& section) {
  auto value = section.defaults();
  auto const where = "[" + section.name + "]";
  auto const* table = reader_.table_at(main_.table, section.name, where);
  toml::table const nothing;
  if (table == nullptr && !main_.table.contains(section.name)) {
    std::string needed;
    for (auto const& field : section.fields->all())
      if (field.required) needed += (needed.empty() ? "" : ", ") + field.key;
    if (needed.empty())
      table = &nothing;
    else if (!main_.broken)
      reader_.error({main_.index, 1, 1}, where + " is missing, " + phrase(section.sentence) +
                                             ": add " + where + " with " + needed);
  }
  if (table != nullptr) {
    reader_.fill(*table, where, *section.fields, section.target(value));
    remember(section.name, *table);
  }
  settings_.sections.emplace(section.name, std::move(value));
}

void Loader::channels() {
  if (main_.broken) channel_names_.incomplete();
  auto const* table = reader_.table_at(main_.table, "channel", "[channel]");
  if (table == nullptr) return;
  std::map<Place, std::pair<std::string, toml::table const*>> in_order;
  for (auto const& [key, node] : *table) {
    std::string const name(key.str());
    auto const place = main_.place(key.source());
    if (auto const* one = node.as_table())
      in_order[place] = {name, one};
    else
      reader_.error(place, "'" + name +
                               "' stands in [channel], where only channels may: write "
                               "[channel.NAME] above it");
  }
  for (auto const& [place, one] : in_order) channel(one.first, *one.second, place);
  for (auto const& channel : settings_.channels)
    if (!channel.standby.empty()) standby(channel, *(*table)[channel.name.value].as_table());
}

// A standby reaches the same people by the same addresses, and no more of them.
void Loader::standby(ChannelSettings const& channel, toml::table const& table) {
  auto const where = "[channel." + channel.name.value + "]";
  auto const& name = channel.standby.value;
  auto const place = reader_.place(table, "standby");
  if (channel.standby == channel.name)
    return reader_.error(place, where + " cannot be its own standby: name another channel");
  auto const theirs = paths_.find(channel.standby);
  if (theirs == paths_.end()) {
    auto why = channel_names_.unknown(name, "standby of " + where);
    if (!why.empty()) reader_.error(place, std::move(why));
    return;
  }
  auto const& ours = paths_.at(channel.name);
  if (theirs->second.address_key != ours.address_key)
    return reader_.error(place, "'" + name + "' cannot stand by for " + where +
                                    ": it reaches people by another address; name a channel of a"
                                    " kind that does so by the same");
  if (theirs->second.is_public && !ours.is_public)
    reader_.error(place, "'" + name + "' is public and " + where +
                             " is not: a public channel cannot stand by for it");
}

void Loader::channel(std::string const& name, toml::table const& table, Place place) {
  auto const where = "[channel." + name + "]";
  if (!channel_names_.define(reader_, place, name)) return;
  std::vector<std::string> kinds;
  for (auto const& kind : schema_.channel_kinds) kinds.push_back(kind.name);
  auto const* node = table.get("kind");
  auto const* kind = node == nullptr ? nullptr : node->as_string();
  if (kind == nullptr) {
    if (node != nullptr || !main_.lost_keys.contains("kind"))
      reader_.error(reader_.place(table, "kind"),
                    where + " needs 'kind', how it reaches people: add kind = \"...\", one of " +
                        listed(kinds));
    return;
  }
  auto const known = std::ranges::find(schema_.channel_kinds, kind->get(), &Section::name);
  if (known == schema_.channel_kinds.end())
    return reader_.error(reader_.place(*node),
                         where + " has the unknown kind '" + kind->get() +
                             "': " + did_you_mean(kind->get(), kinds, "kinds are"));
  ChannelSettings channel;
  channel.name = ChannelName(name);
  channel.kind = known->name;
  channel.settings = known->defaults();
  fill_channel(*known, table, channel);
  paths_.emplace(channel.name, Path{known->address_key, channel.is_public});
  remember("channel." + name, table);
  settings_.channels.push_back(std::move(channel));
}

// The keys every channel has, and those of its kind, out of one table.
void Loader::fill_channel(Section const& kind, toml::table const& table, ChannelSettings& channel) {
  auto const where = "[channel." + channel.name.value + "]";
  std::vector<std::string> common{"kind"};
  for (auto const& field : ChannelRecord::fields().all()) common.push_back(field.key);
  reader_.fill(table, where, *kind.fields, kind.target(channel.settings), common);
  ChannelRecord record;
  reader_.values(table, where, ChannelRecord::fields(), &record);
  channel.is_public = record.is_public;
  channel.standby = ChannelName(record.standby);
  channel.standby_after = record.standby_after;
  channel.private_link = record.private_link;
}

void Loader::remember(std::string const& name, toml::table const& table) {
  auto const where = [&](toml::node const& node) {
    auto const& begin = node.source().begin;
    return Where{main_.path, std::max<std::size_t>(begin.line, 1),
                 std::max<std::size_t>(begin.column, 1)};
  };
  settings_.places[name] = where(table);
  for (auto const& [key, node] : table)
    settings_.places[name + "." + std::string(key.str())] = where(node);
}

// A directory file as the reader of the problems finds it: beside the main file, as that was named.
std::string Loader::shown(std::string const& path) const {
  auto const beside = fs::path(main_.path).parent_path();
  return (beside / fs::path(path).lexically_relative(main_.folder)).lexically_normal().string();
}

void Loader::directories() {
  auto const& files = settings_.gateway.directory;
  directories_.reserve(files.size());
  auto const* table = main_.table["gateway"].as_table();
  for (std::size_t i = 0; table != nullptr && i < files.size(); ++i) {
    std::error_code error;
    if (!fs::exists(files[i], error))
      reader_.error(reader_.place(*table, "directory", i),
                    "[gateway] directory names " + shown(files[i]) +
                        ", which is not there: create it or mend the name");
    else
      digest(directories_.emplace_back(open_document(shown(files[i]), problems_)));
  }
}

void Loader::people_and_rules() {
  DirectoryNames names;
  names.language = settings_.gateway.language;
  if (main_.broken) names.agencies.incomplete();
  bool whole = !main_.broken && directories_.size() == settings_.gateway.directory.size();
  if (!whole) {
    names.officers.incomplete();
    names.teams.incomplete();
  }
  auto const places = read_areas(directories_, problems_);
  settings_.grants = read_agencies(reader_, names.agencies, places.get());
  settings_.grants.places = places;
  settings_.levels = read_levels(reader_);
  std::vector<std::string> address_keys;
  for (auto const& kind : schema_.channel_kinds)
    if (!kind.address_key.empty() &&
        std::ranges::find(address_keys, kind.address_key) == address_keys.end())
      address_keys.push_back(kind.address_key);
  settings_.directory = read_directory(directories_, address_keys, names, problems_);
  for (auto const& document : directories_) whole = whole && !document.broken;
  RoutingWorld const world{names.agencies,       names.teams, channel_names_,
                           *settings_.directory, paths_,      whole};
  settings_.routing = read_routing(reader_, world);
}

// What a running gateway cannot change: all but people, agencies and rules. Layout and comments of
// the file count for nothing.
std::string Loader::fixed_hash() const {
  auto fixed = main_.table;
  for (std::string const changeable : {"agency", "route", "policy", "level", "incidents"})
    fixed.erase(changeable);
  if (auto* gateway = fixed["gateway"].as_table()) gateway->erase("directory");
  std::ostringstream text;
  text << toml::toml_formatter(fixed);
  return to_hex(bytes_of(Sha256().of(text.str())));
}

void Loader::missing_parts() {
  Place const top{main_.index, 1, 1};
  if (!main_.table.contains("channel"))
    problems_.warning(top, "there is no channel, so nobody can be told: add [channel.NAME]");
  if (!main_.table.contains("agency"))
    problems_.warning(top, "there is no agency, so every alert is rejected: add [[agency]]");
  if (!main_.table.contains("route"))
    problems_.warning(top, "there is no route, so no alert reaches anybody: add [[route]]");
}

}  // namespace

Loaded load(std::string const& file, Schema const& schema) {
  return Loader(file, schema).load();
}

Loaded load_gateway(std::string const& file) {
  Schema const none;
  return Loader(file, none).load_gateway();
}

}  // namespace siaga::config
