// Sample: a CAP message as a plain tree of names and texts, changed by the steps of the corpus and
// written in either form, without the code under test.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace siaga::cap::test {

struct Branch {
  std::string name;
  std::string text;
  std::vector<Branch> branches;
};

Branch read_sample(std::string const& file);
// "info/area/polygon": the first of each name. Fails the test when there is none.
Branch& at(Branch& root, std::string_view path);
Branch& parent_of(Branch& root, std::string_view path);
void drop(Branch& root, std::string_view path);
void copy_until(Branch& root, std::string_view path, std::size_t count);

std::string as_xml(Branch const& root);
std::string as_json(Branch const& root);

std::string file_text(std::string const& file);
std::string replaced(std::string text, std::string_view from, std::string_view to);
std::string as_utf16(std::string_view utf8);
std::string as_latin1(std::string_view utf8);
std::string as_base64(std::string_view bytes);

}  // namespace siaga::cap::test
