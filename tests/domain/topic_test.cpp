#include "gateway/domain/topic.hpp"

#include "gateway/ports/response_topics.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;

namespace {

std::string deep(std::size_t levels) {
  std::string topic = "x";
  for (std::size_t i = 1; i < levels; ++i) topic += "/x";
  return topic;
}

AgencyId const polres("polres");

}  // namespace

TEST_CASE("a topic that a broker may not bear is no plain topic", "[domain]") {
  for (std::string const& plain : {std::string("a"), std::string("polres/jawaban/7"), deep(8),
                                   std::string(256, 'x'), std::string("polres/\u00e9/\u65e5")}) {
    INFO(plain);
    CHECK(is_plain_topic(plain));
  }
  for (std::string const& bad :
       {std::string(), std::string("/a"), std::string("a/"), std::string("a//b"),
        std::string("a/+"), std::string("#"), std::string("$SYS/x"), deep(9), deep(200),
        std::string(257, 'x'), std::string("a\0b", 3), std::string("a\nb"), std::string("a\x7f"),
        std::string("a\xff"), std::string("a\xc0\xaf"), std::string("\xed\xa0\x80"),
        std::string("a\xef\xbf\xbf"), std::string("a\xc2\x85")}) {
    INFO(bad);
    CHECK_FALSE(is_plain_topic(bad));
  }
}

TEST_CASE("a subscription fits what is below it", "[domain]") {
  CHECK(fits("polres/answers", "polres/answers/#"));
  CHECK(fits("polres/answers/7/x", "polres/answers/#"));
  CHECK(fits("polres/7/x", "polres/+/x"));
  CHECK(fits("polres/x", "polres/x"));
  CHECK(fits("a/b", "#"));
  CHECK_FALSE(fits("polres/answersX", "polres/answers/#"));
  CHECK_FALSE(fits("polres", "polres/x"));
  CHECK_FALSE(fits("polres/x/y", "polres/x"));
  CHECK_FALSE(fits("polres/7/y", "polres/+/x"));
  for (std::string const bad : {"a/#/b", "a#", "a/+b", "", "a//b", "/#", "$SYS/#"}) {
    INFO(bad);
    CHECK_FALSE(is_topic_pattern(bad));
  }
  for (std::string const good : {"#", "+/a", "a/+/b/#", "a"}) CHECK(is_topic_pattern(good));
}

TEST_CASE("an agency is answered below its own receipt topic or where the configuration says",
          "[domain]") {
  ResponseTopics const topics({"polres/answers/#", "#"});
  ResponseTopics const none;
  CHECK(none.allow("siaga/receipt/polres/desk-2", polres));
  CHECK(topics.allow("polres/answers/7", polres));
  CHECK_FALSE(none.allow("polres/answers/7", polres));
  for (std::string const own : {"siaga", "siaga/receipt/bpbd/x", "siaga/alert/polres",
                                "siaga/receipt/polresta/x", "siaga/receipt/polres"}) {
    INFO(own);
    CHECK_FALSE(topics.allow(own, polres));
  }
  CHECK_FALSE(none.allow("siaga/receipt/polres/" + deep(6), polres));
}

TEST_CASE("a stranger whose name fits no topic has none for receipts", "[domain]") {
  CHECK(topics::has_receipts(polres));
  CHECK_FALSE(topics::has_receipts(AgencyId(std::string(65'000, 'x'))));
  CHECK_FALSE(topics::has_receipts(AgencyId("a\nb")));
  CHECK_FALSE(topics::has_receipts(AgencyId("a/b")));
  CHECK_FALSE(topics::has_receipts(AgencyId()));
}
