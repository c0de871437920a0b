#include "tests/scenarios/stage.hpp"

#include <algorithm>
#include <stdexcept>

#include "gateway/async/spawn.hpp"
#include "gateway/domain/code.hpp"
#include "protocols/cap/formats.hpp"
#include "protocols/cap/freshness.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds patience{60};

Route everything(PolicyId policy) {
  Route route;
  route.policy = std::move(policy);
  route.rule = "route 1";
  return route;
}

asio::awaitable<void> take_reply(flow::Replies& replies, Reply reply, bool& taken) {
  auto const done = co_await replies.take(std::move(reply));
  taken = done.has_value();
}

asio::awaitable<void> record(flow::Receipts& receipts, Receipt receipt, bool& recorded) {
  auto const done = co_await receipts.record(std::move(receipt));
  recorded = done.has_value();
}

asio::awaitable<void> resolve(flow::Receipts& receipts, LateOutcome outcome, bool& resolved) {
  auto const done = co_await receipts.resolve(std::move(outcome));
  resolved = done.has_value();
}

asio::awaitable<void> press(LinkDesk& desk, std::string token, LinkAnswer answer,
                            std::optional<LinkAnswered>& outcome) {
  auto const done = co_await desk.answer(std::move(token), std::move(answer));
  if (!done) throw std::runtime_error(done.error().text());
  outcome = *done;
}

asio::awaitable<void> look(LinkDesk& desk, std::string token, std::optional<LinkView>& seen) {
  auto const view = co_await desk.view(std::move(token));
  if (!view) throw std::runtime_error(view.error().text());
  seen = *view;
}

asio::awaitable<void> round_trips(Journal& journal, bool& done) {
  for (int i = 0; i < 8; ++i) (void)co_await journal.probe();
  done = true;
}

asio::awaitable<void> restore(flow::Legs& legs, bool& done) {
  auto const restored = co_await legs.restore();
  if (!restored) throw std::runtime_error(restored.error().text());
  done = true;
}

}  // namespace

asio::awaitable<SendOutcome> NotedChannel::send(Message const& message, milliseconds) {
  Message const mine = message;
  while (waiting) co_await done_->wait_for(milliseconds(1));
  if (!mine.permission.begin()) co_return not_begun();
  begun.push_back(mine);
  while (holding) co_await done_->wait_for(milliseconds(1));
  if (outcome) co_return outcome(mine);
  std::vector<std::string> references(1, "ref-" + std::to_string(mine.delivery.value));
  co_return Sent(std::move(references));
}

void NotedChannel::let_go() {
  waiting = holding = false;
  if (done_) done_->notify();
}

std::size_t NotedChannel::to(std::string const& address) const {
  auto const theirs = [&](Message const& message) { return message.address == address; };
  return static_cast<std::size_t>(std::count_if(begun.begin(), begun.end(), theirs));
}

asio::awaitable<Result<void>> NotedFeed::publish(OutgoingMessage message) {
  if (away) co_return Error(Errc::unavailable, "the broker is away");
  if (ends_at && ends_at(message)) {
    ++ended;
    co_return Error(Errc::connection_lost, "the connection ended");
  }
  if (refuses && refuses(message)) co_return Error(Errc::refused_by_peer, "Not authorized");
  said.push_back(std::move(message));
  co_return Result<void>();
}

std::string NotedFeed::last(std::string const& topic_start) const {
  for (auto it = said.rbegin(); it != said.rend(); ++it)
    if (it->topic.starts_with(topic_start)) return it->payload;
  return "";
}

std::string PlainLinks::url(LinkedTo const& to) const {
  return "link:" + std::to_string(to.delivery.value) + ":" + to.identifier;
}

Result<LinkRead> PlainLinks::read(std::string_view token) const {
  bool const older = token.starts_with("older:");
  if (!older && !token.starts_with("link:")) return Error(Errc::not_found, "no such link");
  auto const number = token.substr(token.find(':') + 1);
  return LinkRead{DeliveryId(std::stoll(std::string(number))), older};
}

bool PlainLinks::fits(std::string_view token, LinkedTo const& to) const {
  return token.starts_with("older:") || token == url(to);
}

Stage::Stage() : world_(std::make_shared<flow::World>()) {
  Grant grant;
  grant.agency = AgencyId("polres");
  grant.agency_name = "Polres Bontang";
  world_->grants.by_agency[grant.agency] = grant;
  world_->paths = {{ChannelName("sms"), {"sms"}},
                   {ChannelName("email"), {"email"}},
                   {ChannelName("radio"), {""}},
                   {ChannelName("modem"), {"sms"}}};
}

Stage::~Stage() {
  close();
}

void Stage::agency(std::string id, std::vector<std::string> parents) {
  Grant& grant = world_->grants.by_agency[AgencyId(id)];
  grant.agency = AgencyId(id);
  grant.agency_name = id;
  for (auto& parent : parents) {
    world_->grants.by_agency[AgencyId(parent)].children.push_back(grant.agency);
    grant.parents.emplace_back(std::move(parent));
  }
}

void Stage::officer(std::string id, std::string phone, std::string mail, std::string agency) {
  Officer officer;
  officer.id = OfficerId(id);
  officer.name = "Petugas " + id;
  officer.agency = AgencyId(agency);
  if (!phone.empty()) officer.addresses["sms"] = phone;
  if (!mail.empty()) officer.addresses["email"] = mail;
  officers_.push_back(std::move(officer));
}

void Stage::team(std::string id, std::vector<std::string> members, bool test) {
  Team team;
  team.id = TeamId(std::move(id));
  team.test = test;
  for (auto& member : members) team.members.emplace_back(std::move(member));
  std::erase_if(teams_, [&](Team const& other) { return other.id == team.id; });
  teams_.push_back(std::move(team));
}

void Stage::policy(Policy policy) {
  world_->routing.routes = {everything(policy.id)};
  world_->routing.policies = {std::move(policy)};
}

void Stage::swap_world() {
  world_ = std::make_shared<flow::World>(*world_);
  world_->directory = std::make_shared<Directory>(officers_, teams_);
  if (legs) legs->world().swap_in(world_);
}

void Stage::open() {
  swap_world();
  io_ = std::make_unique<asio::io_context>(1);
  for (auto* channel : {&sms, &email, &radio, &modem}) channel->attach(io_->get_executor());
  journal::StoreSettings settings;
  settings.data_dir = dir_.path();
  settings.chunk_deliveries_max = chunk;
  settings.free_bytes_min = free_bytes_min;
  settings.gateway_name = "stage";
  settings.probe = at_store;
  settings.company_within = milliseconds(0);  // of real time: a scenario's time is the fake clock's
  auto opened = journal::open_store(io_->get_executor(), settings);
  if (!opened) throw std::runtime_error(opened.error().text());
  store_ = std::move(*opened);
  if (rules) store_->inbox().judge_by(*rules);
  auto const reopened = store_->reopen_claims({clock.utc_now(), clock.steady_now()});
  if (!reopened) throw std::runtime_error(reopened.error().text());
  cap::Settings cap_settings;
  formats_ = cap::make_formats(cap_settings);
  flow::LegsContext context{io_->get_executor(),
                            clock,
                            store_->journal(),
                            feed,
                            wire_,
                            links_,
                            formats_,
                            [cap_settings](Command command, UtcTime now) {
                              return cap::check_freshness(std::move(command), now, cap_settings);
                            },
                            authentic,
                            world_,
                            flow::Settings(),
                            "stage",
                            "0",
                            [] {},
                            [this](Error const& error) {
                              if (!storage_lost) throw std::runtime_error(error.text());
                              storage_lost();
                            }};
  context.broker = [this] { return broker; };
  legs = std::make_unique<flow::Legs>(std::move(context));
  legs->add(ChannelName("sms"), sms);
  legs->add(ChannelName("email"), email);
  legs->add(ChannelName("radio"), radio);
  legs->add(ChannelName("modem"), modem);
  if (standby_after)
    legs->stand_by(ChannelName("sms"), {ChannelName("modem"), &modem, *standby_after});
  bool restored = false;
  spawn(io_->get_executor(), "restore", restore(*legs, restored));
  until([&] { return restored; });
  legs->start();
}

void Stage::tell_ops(std::vector<std::string> teams, std::vector<std::string> channels) {
  world_->ops.teams = std::move(teams);
  world_->ops.channels = std::move(channels);
}

void Stage::close() {
  if (!legs) return;
  io_->stop();
  legs->intake().let_go();
  legs.reset();
  store_.reset();
  for (auto* channel : {&sms, &email, &radio, &modem}) channel->detach();
  io_.reset();  // the coroutines' frames go with it; they hold values and references only
}

void Stage::keep_only(std::string const& payload) {
  keep(payload, "siaga/alert/polres");
}

void Stage::publish(std::string const& payload, std::string const& agency,
                    std::string const& topic) {
  keep(payload, topic + agency);
  settle();
}

void Stage::publish_retained(std::string const& payload, std::string const& topic) {
  keep(payload, topic, true);
  settle();
}

void Stage::publish_signed(std::string const& payload, std::string const& signature,
                           std::string const& topic) {
  keep(payload, topic, false, signature);
  settle();
}

void Stage::keep(std::string const& payload, std::string topic, bool retained,
                 std::string signature) {
  RawMessage raw;
  raw.topic = std::move(topic);
  raw.payload = payload;
  raw.content_type = payload.starts_with("<") ? "application/cap+xml" : "application/json";
  raw.retained = retained;
  raw.signature = std::move(signature);
  raw.received_at = clock.utc_now();
  auto const kept = store_->inbox().keep(std::move(raw));
  if (!kept) throw std::runtime_error(kept.error().text());
}

LinkOutcome Stage::answer_link(std::string token, LinkAnswer answer) {
  std::optional<LinkAnswered> outcome;
  spawn(io_->get_executor(), "link",
        press(legs->link_desk(), std::move(token), std::move(answer), outcome));
  until([&] { return outcome.has_value(); });
  settle();
  locked_until = outcome->locked_until;
  return outcome->outcome;
}

LinkView Stage::view_link(std::string token) {
  std::optional<LinkView> seen;
  spawn(io_->get_executor(), "look", look(legs->link_desk(), std::move(token), seen));
  until([&] { return seen.has_value(); });
  return *seen;
}

void Stage::reply(std::string const& phone, std::string const& text) {
  bool taken = false;
  Reply reply(ChannelName("sms"), Via::sms, phone, text, clock.utc_now());
  spawn(io_->get_executor(), "reply", take_reply(legs->replies(), std::move(reply), taken));
  until([&] { return taken; });
  settle();
}

void Stage::receipt(Receipt receipt) {
  bool recorded = false;
  spawn(io_->get_executor(), "receipt", record(legs->receipts(), std::move(receipt), recorded));
  until([&] { return recorded; });
}

void Stage::resolve(LateOutcome outcome) {
  bool resolved = false;
  spawn(io_->get_executor(), "late", test::resolve(legs->receipts(), std::move(outcome), resolved));
  until([&] { return resolved; });
}

void Stage::advance(milliseconds by) {
  clock.advance(by);
  settle();
}

void Stage::until(std::function<bool()> const& holds) {
  auto const deadline = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) FAIL("waited a minute in vain");
    io_->run_one_for(std::chrono::milliseconds(5));
    if (io_->stopped()) io_->restart();
  }
}

void Stage::settle() {
  for (int i = 0; i < 3; ++i) {
    bool done = false;
    spawn(io_->get_executor(), "settle", round_trips(store_->journal(), done));
    until([&] { return done; });
    while (io_->poll_one() > 0) {
    }
  }
}

std::string Stage::code() {
  auto const history = journal::open_history(dir_.path());
  auto const rows = (*history)->alerts({});
  return rows->empty() ? "" : rows->front().code;
}

std::string Stage::other_code() {
  auto other = code_of(0, 4);
  return other == code() ? code_of(1, 4) : other;
}

journal::AlertDetail Stage::detail(std::string const& name) {
  auto const history = journal::open_history(dir_.path());
  auto found = (*history)->alert(name);
  if (!found) throw std::runtime_error(found.error().text());
  return std::move(*found);
}

std::vector<journal::LogRow> Stage::log() {
  auto const history = journal::open_history(dir_.path());
  return *(*history)->log({});
}

std::vector<KeptIncident> Stage::incidents(bool open_only) {
  auto const history = journal::open_history(dir_.path());
  journal::HistoryFilter filter;
  filter.open_only = open_only;
  return *(*history)->incidents(filter);
}

std::string AlertText::text() const {
  std::string const info =
      msg_type == "Cancel"
          ? ""
          : R"(,"info":[{"language":"id","category":["Security"],"event":")" + event +
                R"(","responseType":["Monitor"],"urgency":")" + urgency + R"(","severity":")" +
                severity + R"(","certainty":"Observed","expires":")" + expires +
                R"(","senderName":"Polres Bontang","headline":"Massa menuju gerbang pabrik",)"
                R"("description":"Sekitar 200 orang bergerak dari simpang tiga.",)"
                R"("instruction":"Merapat ke titik kumpul. Hindari konfrontasi.",)"
                R"("area":[{"areaDesc":"Kel. Lok Tuan","geocode":[{"valueName":"KEMENDAGRI","value":")" +
                area + R"("}]}]}])";
  return R"({"identifier":")" + identifier + R"(","sender":")" + sender + R"(","sent":")" + sent +
         R"(","status":")" + status + R"(","msgType":")" + msg_type +
         R"(","scope":"Restricted","restriction":"petugas piket")" +
         (references.empty() ? "" : R"(,"references":")" + references + "\"") + info + "}";
}

std::string AlertText::reference() const {
  return sender + "," + identifier + "," + sent;
}

Step step(milliseconds after, std::string team, std::vector<std::string> channels) {
  Step made;
  made.after = after;
  made.teams = {TeamId(std::move(team))};
  for (auto& name : channels) made.channels.emplace_back(std::move(name));
  return made;
}

void two_steps(Stage& stage) {
  stage.officer("piket", piket, "piket@polres-bontang.example");
  stage.officer("kabag", kabag, "kabag@polres-bontang.example");
  stage.team("piket", {"piket"});
  stage.team("kabag", {"kabag"});
  Policy policy;
  policy.id = PolicyId("siaga-1");
  policy.steps = {step(std::chrono::seconds(0), "piket"), step(std::chrono::minutes(5), "kabag")};
  stage.policy(policy);
}

std::size_t rows(std::vector<journal::LogRow> const& log, std::string const& kind) {
  auto const of_kind = [&](auto const& row) { return row.kind == kind; };
  return static_cast<std::size_t>(std::count_if(log.begin(), log.end(), of_kind));
}

}  // namespace siaga::test
