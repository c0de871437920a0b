#include "gateway/domain/directory.hpp"

#include <algorithm>

#include "gateway/domain/acknowledgement.hpp"
#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

// Phone numbers in whatever form and mail addresses in whatever case meet in one spelling.
std::string spelled(std::string const& address) {
  return lower_case(normal_phone(address));
}

std::size_t hash_of(std::string const& key, std::string const& spelled_address) {
  return std::hash<std::string>{}(key + ' ' + spelled_address);
}

}  // namespace

Directory::Directory(std::vector<Officer> officers, std::vector<Team> teams, std::string language)
    : officers_(std::move(officers)), teams_(std::move(teams)), language_(std::move(language)) {
  std::size_t addresses = 0;
  for (auto const& officer : officers_) addresses += officer.addresses.size();
  by_id_.reserve(officers_.size());
  by_address_.reserve(addresses);
  for (std::size_t i = 0; i < officers_.size(); ++i) {
    by_id_.push_back({std::hash<OfficerId>{}(officers_[i].id), i});
    for (auto const& [key, address] : officers_[i].addresses)
      by_address_.push_back({hash_of(key, spelled(address)), i});
  }
  std::ranges::sort(by_id_);
  std::ranges::sort(by_address_);
  for (std::size_t i = 0; i < teams_.size(); ++i) team_index_.try_emplace(teams_[i].id, i);
}

std::span<Directory::Entry const> Directory::found(Index const& index, std::size_t hash) {
  auto const first = std::ranges::lower_bound(index, hash, {}, &Entry::hash);
  auto const last = std::ranges::upper_bound(index, hash, {}, &Entry::hash);
  return {first, last};
}

Officer const* Directory::officer(OfficerId const& id) const {
  for (auto const& entry : found(by_id_, std::hash<OfficerId>{}(id)))
    if (officers_[entry.officer].id == id) return &officers_[entry.officer];
  return nullptr;
}

Team const* Directory::team(TeamId const& id) const {
  auto const found = team_index_.find(id);
  return found == team_index_.end() ? nullptr : &teams_[found->second];
}

Officer const* Directory::officer_at(std::string const& key, std::string const& address) const {
  auto const wanted = spelled(address);
  Officer const* only = nullptr;
  for (auto const& entry : found(by_address_, hash_of(key, wanted))) {
    auto const& officer = officers_[entry.officer];
    auto const own = officer.addresses.find(key);
    if (own == officer.addresses.end() || spelled(own->second) != wanted) continue;
    if (only != nullptr) return nullptr;
    only = &officer;
  }
  return only;
}

bool area_covers(std::string_view prefix, std::string_view code) {
  if (prefix.empty() || !code.starts_with(prefix)) return false;
  return code.size() == prefix.size() || code[prefix.size()] == '.';
}

bool areas_meet(std::string_view left, std::string_view right) {
  return area_covers(left, right) || area_covers(right, left);
}

}  // namespace siaga
