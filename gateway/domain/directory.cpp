#include "gateway/domain/directory.hpp"

#include "gateway/domain/acknowledgement.hpp"
#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

constexpr std::size_t shared = static_cast<std::size_t>(-1);

// Phone numbers in whatever form and mail addresses in whatever case meet in one spelling.
std::string index_key(std::string const& key, std::string const& address) {
  return key + ' ' + lower_case(normal_phone(address));
}

}  // namespace

Directory::Directory(std::vector<Officer> officers, std::vector<Team> teams, std::string language)
    : officers_(std::move(officers)), teams_(std::move(teams)), language_(std::move(language)) {
  officer_index_.reserve(officers_.size());
  std::size_t addresses = 0;
  for (auto const& officer : officers_) addresses += officer.addresses.size();
  address_index_.reserve(addresses);
  for (std::size_t i = 0; i < officers_.size(); ++i) {
    officer_index_.try_emplace(officers_[i].id, i);
    for (auto const& [key, address] : officers_[i].addresses)
      if (auto const [at, is_new] = address_index_.try_emplace(index_key(key, address), i); !is_new)
        at->second = shared;
  }
  for (std::size_t i = 0; i < teams_.size(); ++i) team_index_.try_emplace(teams_[i].id, i);
}

Officer const* Directory::officer(OfficerId const& id) const {
  auto const found = officer_index_.find(id);
  return found == officer_index_.end() ? nullptr : &officers_[found->second];
}

Team const* Directory::team(TeamId const& id) const {
  auto const found = team_index_.find(id);
  return found == team_index_.end() ? nullptr : &teams_[found->second];
}

Officer const* Directory::officer_at(std::string const& key, std::string const& address) const {
  auto const found = address_index_.find(index_key(key, address));
  if (found == address_index_.end() || found->second == shared) return nullptr;
  return &officers_[found->second];
}

bool area_covers(std::string_view prefix, std::string_view code) {
  if (prefix.empty() || !code.starts_with(prefix)) return false;
  return code.size() == prefix.size() || code[prefix.size()] == '.';
}

bool areas_meet(std::string_view left, std::string_view right) {
  return area_covers(left, right) || area_covers(right, left);
}

}  // namespace siaga
