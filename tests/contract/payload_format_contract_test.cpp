#include <algorithm>

#include "gateway/app/registry.hpp"
#include "protocols/cap/settings.hpp"
#include "tests/support/catch.hpp"

namespace siaga::contract {
namespace {

Formats every_format() {
  config::Settings settings;
  settings.sections[std::string(cap::section_name)] = cap::Settings();
  return formats(settings);
}

void must_explain(PayloadFormat const& format, std::string const& payload) {
  INFO(format.name() << " given " << payload.substr(0, 60));
  auto const read = format.decode(payload);
  REQUIRE(read.has_error());
  REQUIRE_FALSE(read.error().reasons.empty());
  for (auto const& reason : read.error().reasons) {
    CHECK_FALSE(reason.rule.empty());
    CHECK_FALSE(reason.text.empty());
  }
}

}  // namespace

TEST_CASE("no payload is claimed by two formats, and each format has a name of its own",
          "[contract]") {
  auto const all = every_format();
  for (std::string const payload : {"<alert/>", "{\"identifier\":\"a\"}", "{\"data\":\"PGE+\"}",
                                    "\xEF\xBB\xBF<alert/>", "  {}", "", "hello"}) {
    INFO(payload);
    auto const claims =
        std::ranges::count_if(all, [&](auto const& format) { return format->takes("", payload); });
    CHECK(claims <= 1);
  }
  for (auto const& one : all)
    CHECK(std::ranges::count(all, one->name(), [](auto const& f) { return f->name(); }) == 1);
}

TEST_CASE("what a format cannot read is refused with a rule and a sentence", "[contract]") {
  std::string const deep_list(5000, '[');
  std::string deep_tree;
  for (int i = 0; i < 5000; ++i) deep_tree += "<a>";
  for (auto const& format : every_format())
    for (std::string const& payload :
         {std::string(), std::string("<"), std::string("{"), std::string("{}"), std::string("<a/>"),
          std::string("\0\0\0", 3), std::string("\xff\xfe"), std::string(70000, ' '),
          std::string("{\"data\":\"!\"}"), deep_list, deep_tree})
      must_explain(*format, payload);
}

}  // namespace siaga::contract
