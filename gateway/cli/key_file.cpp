#include "gateway/cli/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace siaga::cli {
namespace {

constexpr char const* comment =
    "# Kunci rahasia instansi untuk Siaga: benih Ed25519, 32 byte, base64. Jangan dibagikan.\n"
    "# An agency's secret key for Siaga: Ed25519 seed, 32 bytes, base64. Never share it.\n";
constexpr std::size_t line_bytes_max = 1024;
constexpr int lines_max = 64;

std::string in_short(std::string const& path) {
  return path + ", " + std::strerror(errno);
}

bool write_whole(int file, std::string_view text) {
  while (!text.empty()) {
    auto const written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

// Of a line without the white space around it.
std::string trimmed(std::string const& line) {
  constexpr char const* white = " \t\r";
  auto const first = line.find_first_not_of(white);
  if (first == std::string::npos) return {};
  return line.substr(first, line.find_last_not_of(white) - first + 1);
}

}  // namespace

Result<void> write_key_file(std::string const& path, mqtt::KeyPair const& keys) {
  int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST)
    return Error(Errc::already_exists,
                 path + ": a key is never overwritten; give another name, or move that file away");
  if (file < 0)
    return Error(Errc::storage_failed, in_short(path) + ": name a folder you may write to");
  bool const written = write_whole(file, comment + mqtt::to_base64(keys.seed) + "\n");
  bool const closed = ::close(file) == 0;
  if (written && closed) return {};
  Error error(Errc::storage_failed, in_short(path) + ": the key was not written whole");
  ::unlink(path.c_str());
  return error;
}

Result<mqtt::KeyPair> read_key_file(std::string const& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return Error(Errc::file_unreadable, path + " is a folder: name the key's file");
  std::ifstream file(path);
  if (!file)
    return Error(Errc::file_unreadable, in_short(path) + ": check the path and its permissions");
  std::optional<std::string> seed;
  std::string line;
  for (int number = 0; std::getline(file, line); ++number) {
    line = trimmed(line);
    if (line.empty() || line.front() == '#') continue;
    bool const first = !seed && number < lines_max && line.size() <= line_bytes_max;
    if (first) seed = mqtt::from_base64(line, mqtt::seed_bytes);
    if (!first || !seed)
      return Error(Errc::invalid_configuration,
                   path +
                       " is no signing key: it should be a file of `siaga keygen`, with one line"
                       " of base64 of 32 bytes");
  }
  if (!seed)
    return Error(Errc::invalid_configuration,
                 path + " has no key in it: it should be a file of `siaga keygen`");
  return mqtt::key_pair_of(std::move(*seed));
}

bool others_may_read(std::string const& path) {
  struct stat state {};
  return ::stat(path.c_str(), &state) == 0 && (state.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

}  // namespace siaga::cli
