#include "gateway/journal/store/link_keys.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "gateway/base/log.hpp"

namespace siaga::journal {
namespace {

constexpr std::size_t file_key_bytes = 32;
constexpr std::size_t number_bytes = 8;

std::string link_key_file(std::string const& data_dir) {
  return data_dir + "/link.key";
}

std::string link_number_text(std::int64_t number) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8)
    bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff);
  return bytes;
}

std::int64_t link_number_in(std::string_view bytes) {
  std::uint64_t number = 0;
  for (char const c : bytes) number = number << 8 | static_cast<unsigned char>(c);
  return static_cast<std::int64_t>(number);
}

// Empty when there is no such file.
Result<std::string> key_in_file(std::string const& path) {
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) return std::string();
  std::ifstream file(path, std::ios::binary);
  std::string bytes(file_key_bytes + 1, '\0');
  if (!file)
    return Error(Errc::file_unreadable, "cannot read " + path + ": " + std::strerror(errno));
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() == file_key_bytes) return bytes;
  return Error(
      Errc::file_unreadable,
      path + " is not a key of 32 bytes; remove it (links mailed before then stop working)");
}

void take_links_over(Database& database, std::string const& path) {
  auto const last = first<std::int64_t>(database, "SELECT max(id) FROM deliveries").value_or(0);
  if (last == 0) return;
  auto const bytes = key_in_file(path);
  if (!bytes) throw SqlFailure(bytes.error());
  if (!bytes->empty()) keep_key(database, key_of_older_links, *bytes + link_number_text(last));
}

void make_link_keys(Database& database, std::string const& path) {
  database.begin();
  try {
    take_links_over(database, path);
    key(database, key_of_store);
    key(database, key_of_links);
  } catch (SqlFailure const&) {
    database.roll_back();
    throw;
  }
  database.commit();
}

// Once what was in it is committed.
void forget_key_file(std::string const& path, LinkKeys const& keys) {
  if (keys.older_key.empty() || ::access(path.c_str(), F_OK) != 0) return;
  auto const in_file = key_in_file(path);
  if (!in_file || *in_file != keys.older_key) return;
  ::unlink(path.c_str());
  log::info("link_key_taken_into_the_store", {{"removed", path}});
}

}  // namespace

LinkKeys open_link_keys(Database& database, std::string const& data_dir) {
  auto const path = link_key_file(data_dir);
  if (!key_if_made(database, key_of_links)) make_link_keys(database, path);
  LinkKeys keys;
  keys.store = key(database, key_of_store);
  keys.key = key(database, key_of_links);
  auto const older = key_if_made(database, key_of_older_links);
  if (older && older->size() == file_key_bytes + number_bytes) {
    keys.older_key = older->substr(0, file_key_bytes);
    keys.older_last = DeliveryId(link_number_in(std::string_view(*older).substr(file_key_bytes)));
  }
  forget_key_file(path, keys);
  return keys;
}

}  // namespace siaga::journal
