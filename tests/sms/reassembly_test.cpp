#include "protocols/sms/text/reassembly.hpp"

#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

SteadyTime const start{milliseconds(1000)};
PartOrigin const officer{"628", "SIAGA"}, another{"629", "SIAGA"};

CodedText gsm(std::string_view octets) {
  return {std::string(octets), 0, {}};
}

// The octets of all parts, one after the other.
template <class Gathered>
std::string octets_of(Gathered const& gathered) {
  std::string octets;
  for (auto const& part : gathered.parts) octets += part.octets;
  return octets;
}

}  // namespace

TEST_CASE("long replies are put together in any order and once", "[sms]") {
  Reassembly<int> parts;
  CHECK_FALSE(parts.add(officer, Joined{7, 3, 3}, gsm("c"), 30, start));
  CHECK_FALSE(parts.add(officer, Joined{7, 3, 1}, gsm("a"), 10, start));
  CHECK_FALSE(parts.add(officer, Joined{7, 3, 1}, gsm("a"), 11, start));
  CHECK_FALSE(parts.add(another, Joined{7, 3, 2}, gsm("x"), 0, start));
  auto const whole = parts.add(officer, Joined{7, 3, 2}, gsm("b"), 20, start);
  REQUIRE(whole);
  CHECK(octets_of(*whole) == "abc");
  CHECK(whole->owed == std::vector<int>{30, 10, 11, 20});
  CHECK(parts.open() == 1);
}

TEST_CASE("every order of five parts gives the same text", "[sms]") {
  std::string order = "12345";
  do {
    Reassembly<int> parts;
    std::optional<Reassembly<int>::Gathered> whole;
    for (char const c : order) {
      REQUIRE_FALSE(whole);
      whole = parts.add(officer, Joined{1, 5, static_cast<std::uint8_t>(c - '0')},
                        gsm(std::string_view(&c, 1)), 0, start);
    }
    REQUIRE(whole);
    REQUIRE(octets_of(*whole) == "12345");
    REQUIRE(parts.open() == 0);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("unfinished long replies leave when their time is up or others need the room", "[sms]") {
  ReassemblyBounds bounds;
  bounds.open_max = 3;
  bounds.octets_max = 100;
  Reassembly<int> parts(bounds);
  SteadyTime now = start;
  std::vector<int> left;
  auto const add = [&](int i, std::string_view octets) {
    auto const reference = static_cast<std::uint16_t>(i);
    CHECK_FALSE(parts.add(officer, Joined{reference, 2, 1}, gsm(octets), i, now));
    while (auto const due = parts.take_due(now)) left.push_back(due->owed.at(0));
  };
  for (int i = 0; i < 5; ++i) add(i, "x");
  CHECK(left == std::vector<int>{0, 1});
  add(5, std::string(99, 'x'));
  CHECK(left == std::vector<int>{0, 1, 2, 3});
  CHECK(parts.next_due() == now + bounds.keep_for);
  now += bounds.keep_for;
  auto const due = parts.take_due(now);
  REQUIRE(due);
  CHECK(octets_of(*due) == "x");
}

TEST_CASE("another total under the same reference starts anew, what there was leaves at once",
          "[sms]") {
  Reassembly<int> parts;
  CHECK_FALSE(parts.add(officer, Joined{7, 3, 1}, gsm("old "), 1, start));
  CHECK_FALSE(parts.add(officer, Joined{7, 2, 1}, gsm("SIAP "), 2, start));
  auto const old = parts.take_due(start);
  REQUIRE(old);
  CHECK(octets_of(*old) == "old ");
  CHECK(old->owed == std::vector<int>{1});
  CHECK_FALSE(parts.take_due(start));
  auto const whole = parts.add(officer, Joined{7, 2, 2}, gsm("4821"), 3, start);
  REQUIRE(whole);
  CHECK(octets_of(*whole) == "SIAP 4821");
}

TEST_CASE("a reference used again for other words does not mix two messages", "[sms]") {
  Reassembly<int> parts;
  CHECK_FALSE(parts.add(officer, Joined{7, 2, 1}, gsm("TOLAK "), 1, start));
  CHECK_FALSE(parts.add(officer, Joined{7, 2, 1}, gsm("SIAP "), 2, start));
  auto const whole = parts.add(officer, Joined{7, 2, 2}, gsm("4821"), 3, start);
  REQUIRE(whole);
  CHECK(octets_of(*whole) == "SIAP 4821");
  CHECK(whole->owed == std::vector<int>{2, 3});
  auto const old = parts.take_due(start);
  REQUIRE(old);
  CHECK(octets_of(*old) == "TOLAK ");
  CHECK(parts.open() == 0);
}

TEST_CASE("what was superseded leaves before what is merely old", "[sms]") {
  Reassembly<int> parts;
  CHECK_FALSE(parts.add(another, Joined{1, 2, 1}, gsm("a"), 1, start));
  CHECK_FALSE(parts.add(officer, Joined{7, 2, 1}, gsm("b"), 2, start));
  CHECK_FALSE(parts.add(officer, Joined{7, 3, 1}, gsm("c"), 3, start));
  auto const first = parts.take_due(start);
  REQUIRE(first);
  CHECK(first->owed == std::vector<int>{2});
  CHECK(parts.next_due() == start + ReassemblyBounds().keep_for);
}

TEST_CASE("parts of one message may each be written in their own way", "[sms]") {
  Reassembly<int> parts;
  CodedText const turkish{"\x1B\x73", 0, {Language::none, Language::turkish}};
  CodedText const ucs2{std::string("\x5B\x57", 2), 8, {}};
  CHECK_FALSE(parts.add(officer, Joined{7, 3, 3}, gsm("ok"), 0, start));
  CHECK_FALSE(parts.add(officer, Joined{7, 3, 2}, ucs2, 0, start));
  auto const whole = parts.add(officer, Joined{7, 3, 1}, turkish, 0, start);
  REQUIRE(whole);
  CHECK(text_of(whole->parts, Charset::gsm) == "ş字ok");
}

TEST_CASE("a pair split between two parts by its sender is read whole", "[sms]") {
  std::vector<CodedText> const surrogates{{std::string("\xD8\x3D", 2), 8, {}},
                                          {std::string("\xDE\x00", 2), 8, {}}};
  CHECK(text_of(surrogates, Charset::gsm) == "😀");
  CHECK(text_of({gsm("5 \x1B"), gsm("\x65")}, Charset::gsm) == "5 €");
}

}  // namespace siaga::sms
