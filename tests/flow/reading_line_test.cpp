#include "gateway/flow/reading_line.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using flow::ReadingLine;

namespace {

AgencyId const polres("polres"), bpbd("bpbd");

ReadingLine::Place place(AgencyId const& agency, std::int64_t id, bool admitted = false,
                         std::size_t bytes = 1000) {
  return {{agency, InboxId(id)}, bytes, admitted};
}

// The next one, when there is one; it is through at once.
std::int64_t read(ReadingLine& line) {
  auto const next = line.next();
  if (!next) return 0;
  line.done(next->ticket.agency);
  return next->ticket.id.value;
}

}  // namespace

TEST_CASE("an agency's messages are read in its order, the agencies by turns", "[flow]") {
  ReadingLine line;
  for (int i = 1; i <= 3; ++i) CHECK(line.add(place(polres, i)));
  for (int i = 4; i <= 5; ++i) CHECK(line.add(place(bpbd, i)));
  CHECK(line.waiting() == 5);
  for (auto const id : {1, 4, 2, 5, 3, 0}) CHECK(read(line) == id);
  CHECK(line.waiting() == 0);
}

TEST_CASE("while one is read nobody of its agency may pass, others may", "[flow]") {
  ReadingLine line;
  CHECK_FALSE(line.has(polres));
  line.add(place(polres, 1));
  auto const reading = line.next();
  REQUIRE(reading);
  CHECK(line.has(polres));
  CHECK_FALSE(line.has(bpbd));
  line.add(place(polres, 2));
  CHECK_FALSE(line.next());
  line.done(polres);
  CHECK(read(line) == 2);
  CHECK_FALSE(line.has(polres));
}

TEST_CASE("what the gate has let through goes before what it has not seen", "[flow]") {
  ReadingLine line;
  line.add(place(polres, 3));
  line.add(place(polres, 4));
  line.add(place(polres, 1, true));
  line.add(place(polres, 2, true));
  for (auto const id : {1, 2, 3, 4}) CHECK(read(line) == id);
}

TEST_CASE("of one agency no more may stand in line than 32 MB", "[flow]") {
  ReadingLine line;
  for (int i = 1; i <= 32; ++i) CHECK(line.add(place(polres, i, false, 1'000'000)));
  CHECK_FALSE(line.add(place(polres, 33)));
  CHECK(line.add(place(bpbd, 34)));
  CHECK(line.add(place(polres, 35, true)));  // it waited before
  CHECK(read(line) == 35);
  CHECK(read(line) == 34);
  CHECK(read(line) == 1);
  CHECK(line.add(place(polres, 36)));
}
