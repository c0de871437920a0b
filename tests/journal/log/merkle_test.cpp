#include "gateway/journal/log/merkle.hpp"

#include <bit>

#include "gateway/journal/log/entry.hpp"
#include "tests/support/catch.hpp"

namespace siaga::journal {
namespace {

// RFC 9162 section 2.1.1 as it is written: split at the largest power of two below n.
Hash tree_hash(Sha256& sha, std::vector<std::string> const& entries, std::size_t from,
               std::size_t count) {
  if (count == 0) return sha.of("");
  if (count == 1) return leaf_hash(sha, entries[from]);
  auto const left = std::bit_floor(count - 1);
  auto const left_hash = tree_hash(sha, entries, from, left);
  auto const right_hash = tree_hash(sha, entries, from + left, count - left);
  return node_hash(sha, left_hash, right_hash);
}

TEST_CASE("the empty tree's root is the hash of nothing", "[journal]") {
  Sha256 sha;
  CHECK(to_hex(bytes_of(Frontier().root(sha))) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("the published test tree of eight leaves has its published roots", "[journal]") {
  Sha256 sha;
  Frontier frontier;
  using namespace std::string_literals;
  std::vector<std::string> const leaves{"",         "\x00"s,    "\x10",
                                        "\x20\x21", "\x30\x31", "\x40\x41\x42\x43"};
  for (auto const& leaf : leaves) frontier.add(sha, leaf_hash(sha, leaf));
  CHECK(to_hex(bytes_of(leaf_hash(sha, ""))) ==
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  CHECK(to_hex(bytes_of(frontier.root(sha))) ==
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef");
}

TEST_CASE("a frontier grown leaf by leaf names the root the standard's recursion names",
          "[journal]") {
  Sha256 sha;
  Frontier frontier;
  std::vector<std::string> entries;
  for (std::size_t i = 0; i < 70; ++i) {
    entries.push_back("entry " + std::to_string(i));
    frontier.add(sha, leaf_hash(sha, entries.back()));
    REQUIRE(frontier.root(sha) == tree_hash(sha, entries, 0, entries.size()));
  }
}

TEST_CASE("a frontier read back from its bytes goes on as if it had never stopped", "[journal]") {
  Sha256 sha;
  Frontier whole;
  for (int i = 0; i < 13; ++i) whole.add(sha, leaf_hash(sha, std::to_string(i)));
  auto restored = Frontier::from_bytes(whole.size(), whole.bytes());
  REQUIRE(restored);
  whole.add(sha, leaf_hash(sha, "next"));
  restored->add(sha, leaf_hash(sha, "next"));
  CHECK(restored->root(sha) == whole.root(sha));
}

TEST_CASE("a frontier's bytes must fit its size", "[journal]") {
  Sha256 sha;
  Frontier frontier;
  for (int i = 0; i < 5; ++i) frontier.add(sha, leaf_hash(sha, "x"));
  CHECK_FALSE(Frontier::from_bytes(7, frontier.bytes()));
  CHECK_FALSE(Frontier::from_bytes(-1, ""));
  CHECK(Frontier::from_bytes(0, ""));
}

TEST_CASE("log entries that differ only in where a text ends have different leaves", "[journal]") {
  Sha256 sha;
  LogEntry one;
  one.kind = "answer";
  one.officer = "ab";
  one.detail = "c";
  LogEntry other = one;
  other.officer = "a";
  other.detail = "bc";
  std::string left;
  std::string right;
  encode(one, left);
  encode(other, right);
  CHECK(leaf_hash(sha, left) != leaf_hash(sha, right));
}

TEST_CASE("a network's words lose what could name a person", "[journal]") {
  CHECK(scrubbed("550 <kabag.ops@polres.example> unknown", "") == "550 *** unknown");
  CHECK(scrubbed("dest +6281200000001 barred", "") == "dest *** barred");
  CHECK(scrubbed("no route to 0815 now", "0815") == "no route to *** now");
  CHECK(scrubbed("dest 0812 3456 7890 barred", "") == "dest *** barred");
  CHECK(scrubbed("dest +62 (812) 345-678", "") == "dest ***");
  CHECK(scrubbed("451 4.7.1 try later", "x") == "451 4.7.1 try later");
  CHECK(scrubbed("550 5.7.26 after 3 of 5", "") == "550 5.7.26 after 3 of 5");
}

}  // namespace
}  // namespace siaga::journal
