#include "gateway/cli/files.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace siaga::cli {

Result<std::string> read_alert_file(std::string const& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return Error(Errc::file_unreadable, path + " is a folder: name the alert's file");
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  if (path != "-" && !file)
    return Error(Errc::file_unreadable,
                 path + ", " + std::strerror(errno) + ": check the path and its permissions");
  std::istream& in = path == "-" ? std::cin : file;
  std::string text(alert_bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return Error(Errc::file_unreadable, path + ": reading it failed");
  if (text.size() > alert_bytes_max)
    return Error(Errc::file_unreadable, path + " is larger than 16 MiB and surely no alert");
  return text;
}

}  // namespace siaga::cli
