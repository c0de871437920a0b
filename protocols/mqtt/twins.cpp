#include "protocols/mqtt/twins.hpp"

#include <sodium.h>

#include "gateway/base/assert.hpp"

namespace siaga::mqtt {
namespace {

class Digest {
 public:
  Digest() { crypto_generichash_init(&state_, nullptr, 0, Twins::Name().size()); }
  // With its length, so that no two lists of fields read the same.
  void add(std::string_view field) {
    auto const size = static_cast<std::uint64_t>(field.size());
    add(&size, sizeof size);
    add(field.data(), field.size());
  }
  Twins::Name end() {
    Twins::Name name;
    crypto_generichash_final(&state_, name.data(), name.size());
    return name;
  }

 private:
  void add(void const* bytes, std::size_t count) {
    crypto_generichash_update(&state_, static_cast<unsigned char const*>(bytes), count);
  }
  crypto_generichash_state state_;
};

}  // namespace

Twins::Name Twins::name_of(RawMessage const& message) {
  static int const started = sodium_init();
  require(started >= 0, "libsodium starts");
  Digest digest;
  for (auto const* field :
       {&message.topic, &message.payload, &message.content_type, &message.response_topic,
        &message.correlation_data, &message.signature, &message.key_id})
    digest.add(*field);
  return digest.end();
}

void Twins::open(std::string_view lane) {
  std::lock_guard const lock(mutex_);
  open_.emplace(lane);
}

void Twins::close(std::string_view lane) {
  std::lock_guard const lock(mutex_);
  if (auto const found = open_.find(lane); found != open_.end()) open_.erase(found);
  forget([&](Copy const& copy) { return copy.kept_by == Path::session && copy.lane == lane; });
}

void Twins::session_lost() {
  std::lock_guard const lock(mutex_);
  forget([](Copy const& copy) { return copy.kept_by == Path::express; });
}

bool Twins::expects(std::string_view lane) const {
  std::lock_guard const lock(mutex_);
  return !copies_.empty() || open_.contains(lane);
}

bool Twins::came_before(Path by, Name const& name) {
  std::lock_guard const lock(mutex_);
  auto const found = by_name_.find(name);
  if (found == by_name_.end() || found->second->kept_by == by) return false;
  if (--found->second->count == 0) forget(found->second);
  return true;
}

void Twins::kept(Path by, Name const& name, std::string_view lane) {
  std::lock_guard const lock(mutex_);
  if (by == Path::session && !open_.contains(lane)) return;  // it has no twin
  auto const [at, is_new] = by_name_.try_emplace(name);
  if (!is_new) {
    ++at->second->count;
    return;
  }
  at->second = copies_.insert(copies_.end(), {name, std::string(lane), by, 1});
  if (copies_.size() > waiting_max) forget(copies_.begin());
}

std::size_t Twins::waiting() const {
  std::lock_guard const lock(mutex_);
  return copies_.size();
}

template <class Which>
void Twins::forget(Which which) {
  for (auto at = copies_.begin(); at != copies_.end();) {
    auto const copy = at++;
    if (which(*copy)) forget(copy);
  }
}

void Twins::forget(Copies::iterator copy) {
  by_name_.erase(copy->name);
  copies_.erase(copy);
}

}  // namespace siaga::mqtt
