#include "config/document.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <variant>

namespace siaga::config {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t bytes_max = 64u << 20;
constexpr int syntax_problems_max = 20;

// The file's bytes, or why they cannot be had.
std::optional<std::string> why_unreadable(std::string const& path, std::string& bytes) {
  std::error_code error;
  if (fs::is_directory(path, error)) return "it is a folder";
  auto const size = fs::file_size(path, error);
  if (error) return error.message();
  if (size > bytes_max) return "it is larger than 64 MiB";
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::strerror(errno);
  bytes.resize(size);
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return in.bad() ? std::optional<std::string>("reading it failed") : std::nullopt;
}

struct SyntaxError {
  Place place;
  std::string why;
};

std::variant<toml::table, SyntaxError> parsed(Document const& document, std::string const& text) {
  try {
    return toml::parse(std::string_view(text));
  } catch (toml::parse_error const& error) {
    return SyntaxError{document.place(error.source()), std::string(error.description())};
  }
}

struct Line {
  std::size_t begin = 0, end = 0;
};

Line line_of(std::string const& text, std::size_t number) {
  Line line;
  for (std::size_t i = 1; i < number && line.begin < text.size(); ++i) {
    auto const newline = text.find('\n', line.begin);
    line.begin = newline == text.npos ? text.size() : newline + 1;
  }
  line.end = std::min(text.find('\n', line.begin), text.size());
  return line;
}

// Only a line that begins and ends its own key can be left out without hurting its neighbours.
bool stands_alone(std::string_view line) {
  auto const count = [&](char c) { return std::ranges::count(line, c); };
  return line.find('=') != line.npos && line.find_first_not_of(" \t") != line.npos &&
         line[line.find_first_not_of(" \t")] != '[' && count('[') <= count(']') &&
         count('{') <= count('}') && line.find("\"\"\"") == line.npos &&
         line.find("'''") == line.npos;
}

std::string key_of(std::string_view line) {
  auto key = line.substr(0, line.find('='));
  auto const drop = [](char c) { return c == ' ' || c == '\t' || c == '"'; };
  std::string plain;
  std::ranges::copy_if(key, std::back_inserter(plain), [&](char c) { return !drop(c); });
  return plain;
}

std::string explained(std::string why) {
  constexpr std::string_view prefix = "Error while parsing ";
  if (why.starts_with(prefix)) why = why.substr(prefix.size());
  return "not valid TOML, " + why + ": mend this line";
}

}  // namespace

Document open_document(std::string const& path, Problems& problems) {
  Document document;
  document.path = path;
  document.folder = fs::absolute(path).lexically_normal().parent_path().string();
  document.index = problems.add_file(path);
  if (auto const why = why_unreadable(path, document.bytes)) {
    problems.error({document.index, 1, 1},
                   "cannot read this file, " + *why + ": check the path and its permissions");
    document.broken = true;
    document.understood = false;
    return document;
  }
  auto text = document.bytes;
  std::size_t last_line = 0;
  for (int found = 0; found < syntax_problems_max; ++found) {
    auto result = parsed(document, text);
    if (auto* table = std::get_if<toml::table>(&result)) {
      document.table = std::move(*table);
      return document;
    }
    auto& error = std::get<SyntaxError>(result);
    document.broken = true;
    if (error.place.line <= last_line) break;
    last_line = error.place.line;
    problems.error(error.place, explained(std::move(error.why)));
    auto const [begin, end] = line_of(text, last_line);
    auto const line = std::string_view(text).substr(begin, end - begin);
    if (!stands_alone(line)) break;
    document.lost_keys.insert(key_of(line));
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin),
              text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }
  document.understood = false;
  return document;
}

}  // namespace siaga::config
