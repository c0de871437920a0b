#include "config/reference.hpp"

#include "tests/config/written.hpp"
#include "tests/support/catch.hpp"

using namespace siaga::config;
using namespace siaga::config::test;

TEST_CASE("the reference names every key of every table", "[config]") {
  auto const text = reference(small_schema());
  for (auto const* field : {"`host` | text | required |", "`port` | whole number | `2775` | 1 to",
                            "`patience` | duration | `\"30s\"` | 1s to 1m |",
                            "`room` | size | `\"64MB\"` | 1MB to 2000GB |",
                            "`mode` | text | `\"soft\"` | `soft`, `harsh` |", "`may.severity_max`",
                            "`match.urgency_min`", "`steps[].after`", "`acks_needed`", "`public`",
                            "(a secret)", "`sms`, `email`"}) {
    INFO(field);
    CHECK_THAT(text, ContainsSubstring(field));
  }
}

TEST_CASE("the example loads and shows every key with its default", "[config]") {
  ExampleValues const values = {{"gateway.name", "\"contoh\""},
                                {"gateway.directory", "[\"directory.toml\"]"},
                                {"smpp", "sms"},
                                {"smpp.host", "\"127.0.0.1\""},
                                {"smtp", "email"},
                                {"voice", "radio"}};
  auto const text = example(small_schema(), values);
  CHECK_THAT(text, ContainsSubstring("# patience = \"30s\""));
  CHECK_THAT(text, ContainsSubstring("[channel.sms]\nkind = \"smpp\""));
  Written written;
  written.file("siaga.toml", text).file("directory.toml", good_directory);
  auto const loaded = written.load();
  CHECK(written.without_folder(loaded) == "");
}

TEST_CASE("every commented default of the example is accepted as it stands", "[config]") {
  auto text = example(small_schema(), {{"smpp", "sms"}, {"smtp", "email"}, {"voice", "radio"}});
  std::istringstream lines(text);
  std::string line, uncommented;
  while (std::getline(lines, line)) {
    bool const is_key = line.starts_with("# ") && line.find(" = ") != line.npos &&
                        line.find(' ', 2) == line.find(" = ");
    uncommented += (is_key ? line.substr(2) : line) + "\n";
  }
  uncommented = with(uncommented, "host = \"\"", "host = \"127.0.0.1\"");
  uncommented = with(uncommented, "directory = [\"directory.toml\"]", "directory = \"d.toml\"");
  Written written;
  written.file("siaga.toml", uncommented).file("d.toml", good_directory);
  CHECK(written.problems() == "");
}
