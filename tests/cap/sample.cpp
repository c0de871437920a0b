#include "tests/cap/sample.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/catch.hpp"

namespace siaga::cap::test {
namespace {

std::size_t last_of(std::vector<Branch> const& branches, std::string_view name) {
  for (std::size_t i = branches.size(); i > 0; --i)
    if (branches[i - 1].name == name) return i;
  return branches.size();
}

bool is_list(std::string const& name) {
  static std::set<std::string> const lists{"code",    "info",      "category", "responseType",
                                           "area",    "polygon",   "circle",   "eventCode",
                                           "geocode", "parameter", "resource"};
  return lists.contains(name);
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

void write_xml(Branch const& branch, std::string& out) {
  out += "<" + branch.name;
  if (branch.name == "alert") out += " xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"";
  out += ">";
  if (!branch.branches.empty()) out += "\n";
  auto text = replaced(branch.text, "&", "&amp;");
  out += replaced(replaced(text, "<", "&lt;"), ">", "&gt;");
  for (auto const& inner : branch.branches) write_xml(inner, out);
  out += "</" + branch.name + ">\n";
}

void write_json(Branch const& branch, std::string& out) {
  if (branch.branches.empty() && branch.name != "alert") {
    out += quoted(branch.text);
    return;
  }
  std::vector<std::string> names;
  for (auto const& inner : branch.branches)
    if (std::ranges::find(names, inner.name) == names.end()) names.push_back(inner.name);
  out += '{';
  for (auto const& name : names) {
    if (name != names.front()) out += ',';
    out += quoted(name) + ':';
    if (is_list(name)) out += '[';
    bool first = true;
    for (auto const& inner : branch.branches) {
      if (inner.name != name) continue;
      if (!first) out += ',';
      first = false;
      write_json(inner, out);
    }
    if (is_list(name)) out += ']';
  }
  out += '}';
}

}  // namespace

std::string file_text(std::string const& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in.good());
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

Branch read_sample(std::string const& file) {
  Branch root{"alert", {}, {}};
  std::istringstream in(file_text(file));
  for (std::string line; std::getline(in, line);) {
    auto const indent = line.find_first_not_of(' ');
    if (indent == std::string::npos) continue;
    auto* home = &root;
    for (std::size_t level = 0; level < indent / 2; ++level) home = &home->branches.back();
    auto const equals = line.find('=');
    auto const name = line.substr(indent, equals == std::string::npos ? equals : equals - indent);
    home->branches.push_back(
        {name, equals == std::string::npos ? "" : line.substr(equals + 1), {}});
  }
  return root;
}

Branch& at(Branch& root, std::string_view path) {
  auto* here = &root;
  while (!path.empty()) {
    auto const slash = path.find('/');
    auto const name = path.substr(0, slash);
    auto const found = std::ranges::find(here->branches, name, &Branch::name);
    INFO("looking for " << name);
    REQUIRE(found != here->branches.end());
    here = &*found;
    path = slash == std::string_view::npos ? "" : path.substr(slash + 1);
  }
  return *here;
}

Branch& parent_of(Branch& root, std::string_view path) {
  auto const slash = path.rfind('/');
  return slash == std::string_view::npos ? root : at(root, path.substr(0, slash));
}

void drop(Branch& root, std::string_view path) {
  auto& home = parent_of(root, path).branches;
  auto const name = path.substr(path.rfind('/') + 1);
  auto const found = std::ranges::find(home, name, &Branch::name);
  INFO("dropping " << path);
  REQUIRE(found != home.end());
  home.erase(found);
}

void copy_until(Branch& root, std::string_view path, std::size_t count) {
  auto const original = at(root, path);
  auto& home = parent_of(root, path).branches;
  auto present = static_cast<std::size_t>(std::ranges::count(home, original.name, &Branch::name));
  for (; present < count; ++present)
    home.insert(home.begin() + static_cast<std::ptrdiff_t>(last_of(home, original.name)), original);
}

std::string as_xml(Branch const& root) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  write_xml(root, out);
  return out;
}

std::string as_json(Branch const& root) {
  std::string out;
  write_json(root, out);
  return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto i = text.find(from); i != std::string::npos; i = text.find(from, i + to.size()))
    text.replace(i, from.size(), to);
  return text;
}

std::string as_utf16(std::string_view utf8) {
  std::string out = "\xff\xfe";
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    auto code = static_cast<unsigned>(static_cast<unsigned char>(utf8[i]));
    if (code >= 0xe0) {
      code = (code & 0x0f) << 12 | (static_cast<unsigned>(utf8[i + 1]) & 0x3f) << 6 |
             (static_cast<unsigned>(utf8[i + 2]) & 0x3f);
      i += 2;
    } else if (code >= 0xc0) {
      code = (code & 0x1f) << 6 | (static_cast<unsigned>(utf8[i + 1]) & 0x3f);
      i += 1;
    }
    out += static_cast<char>(code & 0xff);
    out += static_cast<char>(code >> 8);
  }
  return out;
}

std::string as_latin1(std::string_view utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    auto const code = static_cast<unsigned>(static_cast<unsigned char>(utf8[i]));
    if (code < 0x80) {
      out += utf8[i];
    } else {
      out += static_cast<char>((code & 0x03) << 6 | (static_cast<unsigned>(utf8[i + 1]) & 0x3f));
      ++i;
    }
  }
  return out;
}

std::string as_base64(std::string_view bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned bits = 0;
    for (std::size_t j = 0; j < 3; ++j)
      bits = bits << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0u);
    for (std::size_t j = 0; j < 4; ++j)
      out += j <= bytes.size() - i ? letters[bits >> (18 - 6 * j) & 0x3f] : '=';
  }
  return out;
}

}  // namespace siaga::cap::test
