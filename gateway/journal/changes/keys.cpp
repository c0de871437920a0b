#include "gateway/journal/changes/keys.hpp"

#include "gateway/base/digest.hpp"

namespace siaga::journal {
namespace {

constexpr std::size_t key_bytes = 32;

}  // namespace

std::string key(Database& database, std::string_view name) {
  if (auto made = key_if_made(database, name)) return std::move(*made);
  auto const bytes = random_bytes(key_bytes);
  keep_key(database, name, bytes);
  return bytes;
}

std::optional<std::string> key_if_made(Database& database, std::string_view name) {
  Query row(database, "SELECT value FROM keys WHERE name = ?", name);
  if (!row.next()) return std::nullopt;
  return std::string(row.blob(0));
}

void keep_key(Database& database, std::string_view name, std::string_view bytes) {
  run(database, "INSERT INTO keys VALUES (?, ?)", name, Blob{bytes});
}

}  // namespace siaga::journal
