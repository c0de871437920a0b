#include "gateway/domain/authorise.hpp"

#include <algorithm>
#include <array>

#include "gateway/domain/allows.hpp"
#include "gateway/domain/directory.hpp"
#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

constexpr std::size_t value_bytes_max = 60;
constexpr std::size_t choices_bytes_max = 120;
constexpr std::size_t reasons_max = 50;  // of one message; the last says when there are more

std::string in_quotes(std::string_view value) {
  return "'" + shortened(value, value_bytes_max) + "'";
}

template <class T>
std::string word_for(T const& value) {
  if constexpr (std::is_enum_v<T>)
    return std::string(to_word(value));
  else
    return value;
}

// "Restricted, Private"
template <class T>
std::string listed(std::vector<T> const& choices) {
  std::string text;
  for (auto const& choice : choices) {
    text.append(text.empty() ? "" : ", ").append(word_for(choice));
    if (text.size() > choices_bytes_max) break;
  }
  return shortened(text, choices_bytes_max);
}

// The ministry's form: 64, 64.74, 64.74.01 or 64.74.01.1003.
bool is_well_formed_code(std::string_view code) {
  constexpr std::array<std::size_t, 4> lengths{2, 5, 8, 13};
  if (std::ranges::find(lengths, code.size()) == lengths.end()) return false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    bool const dot_here = i == 2 || i == 5 || i == 8;
    bool const digit = code[i] >= '0' && code[i] <= '9';
    if (dot_here ? code[i] != '.' : !digit) return false;
  }
  return true;
}

std::string at(std::string path, std::size_t index) {
  return path.append("/").append(std::to_string(index));
}

// The zone a CAP time is written in, to answer in the same.
std::chrono::minutes offset_in(std::string const& time) {
  auto const local =
      parse_rfc3339(time.substr(0, time.size() - std::min<std::size_t>(6, time.size())) + "Z");
  auto const utc = parse_rfc3339(time);
  if (!local || !utc) return {};
  return std::chrono::duration_cast<std::chrono::minutes>(*local - *utc);
}

Alert& alert_in(Command& command) {
  return std::visit([](auto& one) -> Alert& { return one.alert; }, command);
}

// An area given by shapes alone stands for the districts they touch.
void locate(Alert& alert, Gazetteer const& places) {
  for (auto& info : alert.infos)
    for (auto& area : info.areas)
      if (std::ranges::none_of(area.geocodes, is_area_code))
        area.districts = places.touched_by(area);
}

// Collects what a grant does not allow of one alert, and what no agency may say.
class Examination {
 public:
  Examination(AgencyId const& agency, Command const& command, Gazetteer const* places)
      : agency_(agency), alert_(alert_of(command)), is_news_(is_news(command)), places_(places) {}

  void unknown_agency() { reasons_.push_back(not_registered(agency_)); }

  void against(Grant const& grant) {
    name_ =
        shortened(grant.agency_name.empty() ? agency_.value : grant.agency_name, value_bytes_max);
    must_be_among("/sender", "authority.sender", "pengirim", "sender", alert_.sender,
                  grant.senders);
    must_be_among("/status", "authority.status", "status", "status", alert_.status, grant.statuses);
    must_be_among("/scope", "authority.scope", "scope", "scope", alert_.scope, grant.scopes);
    for (std::size_t i = 0; i < alert_.infos.size(); ++i)
      info_against(grant, alert_.infos[i], at("/info", i));
  }

  void must_name_an_area(Grant const& grant) {
    bool const said = std::ranges::any_of(
        reasons_, [](Reason const& reason) { return reason.rule == "authority.area-unknown"; });
    if (!is_news_ || said || grant.areas.empty() || !area_codes_of(alert_).empty()) return;
    refuse(alert_.infos.empty() ? "/info" : "/info/0/area", "authority.area-unknown",
           "wilayah tidak dapat ditentukan; isi geocode KEMENDAGRI di dalam " + listed(grant.areas),
           "the area cannot be told; give a geocode KEMENDAGRI within " + listed(grant.areas));
  }

  void must_not_be_draft() {
    if (alert_.status != Status::draft) return;
    refuse("/status", "policy.draft",
           "'Draft' belum boleh dikirim; pakai Actual, Exercise atau Test",
           "'Draft' is not for sending; use Actual, Exercise or Test");
  }

  void must_not_be_expired(UtcTime now) {
    if (!is_news_) return;
    auto const expires = expires_of(alert_);
    if (!expires || *expires > now) return;
    auto const latest = std::ranges::find_if(
        alert_.infos, [&](Info const& info) { return info.expires->at == *expires; });
    auto const index = static_cast<std::size_t>(latest - alert_.infos.begin());
    auto const& written = latest->expires->text;  // "2026-11-23T20:30:00+08:00", or empty
    auto const value = in_quotes(written.empty() ? to_rfc3339(*expires, {}) : written);
    auto const limit = to_rfc3339(now, offset_in(written));
    refuse(at("/info", index) + "/expires", "policy.expired",
           "berlaku sampai " + value + " sudah lewat; isi waktu sesudah " + limit,
           "expires " + value + " has passed; give a time after " + limit);
  }

  std::vector<Reason> reasons() && { return std::move(reasons_); }

 private:
  void refuse(std::string path, std::string rule, std::string const& indonesian,
              std::string const& english) {
    if (reasons_.size() < reasons_max)
      reasons_.push_back(Reason{std::move(path), std::move(rule), indonesian + " / " + english});
    else if (reasons_.size() == reasons_max)
      reasons_.push_back(Reason{"", "policy.limit.reasons",
                                "masih ada kesalahan lain setelah " + std::to_string(reasons_max) +
                                    " ini / there are more problems after these " +
                                    std::to_string(reasons_max)});
  }

  template <class T>
  void must_be_among(std::string path, std::string rule, std::string const& indonesian_name,
                     std::string const& english_name, T const& value,
                     std::vector<T> const& allowed) {
    if (allows(allowed, value)) return;
    outside(std::move(path), std::move(rule), indonesian_name, english_name,
            in_quotes(word_for(value)), listed(allowed));
  }

  void outside(std::string path, std::string rule, std::string const& indonesian_name,
               std::string const& english_name, std::string const& value,
               std::string const& allowed) {
    refuse(
        std::move(path), std::move(rule),
        indonesian_name + " " + value + " di luar wewenang " + name_ + "; yang boleh: " + allowed,
        english_name + " " + value + " is beyond what " + name_ + " may use; allowed: " + allowed);
  }

  void info_against(Grant const& grant, Info const& info, std::string const& path) {
    if (grant.severity_max && info.severity < *grant.severity_max)
      outside(path + "/severity", "authority.severity", "severity", "severity",
              in_quotes(to_word(info.severity)),
              std::string(to_word(*grant.severity_max)) + " - Minor");
    for (std::size_t i = 0; i < info.categories.size(); ++i)
      must_be_among(at(path + "/category", i), "authority.category", "category", "category",
                    info.categories[i], grant.categories);
    auto const same = [&](std::string const& event) {
      return same_ignoring_case(event, info.event);
    };
    if (!grant.events.empty() && std::ranges::none_of(grant.events, same))
      outside(path + "/event", "authority.event", "kejadian", "event", in_quotes(info.event),
              listed(grant.events));
    for (std::size_t a = 0; a < info.areas.size(); ++a)
      area_against(grant, info.areas[a], at(path + "/area", a));
  }

  void area_against(Grant const& grant, Area const& area, std::string const& path) {
    for (std::size_t g = 0; g < area.geocodes.size(); ++g)
      if (is_area_code(area.geocodes[g]))
        code_against(grant, area.geocodes[g].value, at(path + "/geocode", g) + "/value");
    must_be_found(area, path);
    if (area.polygons.empty() && area.circles.empty()) return;
    auto const shape = area.polygons.empty() ? path + "/circle/0" : path + "/polygon/0";
    if (places_ == nullptr || !places_->has_outline_of(grant.areas)) return;
    if (reasons_.size() > reasons_max) return;  // enough is wrong; looking takes long
    if (!allowed_) allowed_ = places_->region_under(grant.areas);
    if (Gazetteer::covers(*allowed_, area)) return;
    refuse(shape, "authority.area",
           "poligon atau lingkaran keluar dari wilayah wewenang " + name_ + " (" +
               listed(grant.areas) + "); gambar di dalamnya",
           "the polygon or circle leaves the area " + name_ + " may speak for (" +
               listed(grant.areas) + "); draw it within");
  }

  // An area that says where in words we cannot place must not come to mean everywhere.
  void must_be_found(Area const& area, std::string const& path) {
    bool const says_where =
        !area.geocodes.empty() || !area.polygons.empty() || !area.circles.empty();
    bool const found = !area.districts.empty() || std::ranges::any_of(area.geocodes, is_area_code);
    if (!is_news_ || !says_where || found) return;
    refuse(path, "authority.area-unknown",
           "wilayah ini tidak menyentuh kelurahan yang dikenal; tambah geocode KEMENDAGRI, misalnya"
           " 64.74.01.1003",
           "this area touches no district that is known; add a geocode KEMENDAGRI such as"
           " 64.74.01.1003");
  }

  bool is_known(std::string_view code) const {
    return is_well_formed_code(code) && (places_ == nullptr || places_->knows(code));
  }

  void code_against(Grant const& grant, std::string const& code, std::string const& path) {
    if (!is_known(code)) {
      refuse(path, "authority.area-unknown",
             "kode wilayah " + in_quotes(code) +
                 " tidak dikenal; tulis kode Kemendagri bertitik, misalnya 64.74.01.1003",
             "area code " + in_quotes(code) +
                 " is not known; write a dotted Kemendagri code such as 64.74.01.1003");
      return;
    }
    if (grant.areas.empty()) return;
    auto const covering = [&](std::string const& prefix) { return area_covers(prefix, code); };
    if (std::ranges::none_of(grant.areas, covering))
      outside(path, "authority.area", "kode wilayah", "area code", in_quotes(code),
              listed(grant.areas));
  }

  AgencyId const& agency_;
  Alert const& alert_;
  bool is_news_;  // it goes to people by its place; what only ends something need not be placed
  Gazetteer const* places_;
  std::shared_ptr<Gazetteer::Region const> allowed_;  // made when it is asked for
  std::string name_;
  std::vector<Reason> reasons_;
};

}  // namespace

Grant const* Grants::of(AgencyId const& agency) const {
  auto const found = by_agency.find(agency);
  return found == by_agency.end() ? nullptr : &found->second;
}

Reason not_registered(AgencyId const& agency) {
  auto const name = in_quotes(agency.value);
  return {"", "authority.agency",
          "instansi " + name +
              " tidak terdaftar; periksa kata terakhir topik siaga/alert/<instansi> / agency " +
              name + " is not registered; check the last word of the topic siaga/alert/<agency>"};
}

Judged<AuthorisedCommand> authorise(Grants const& grants, AgencyId const& agency, Command command,
                                    UtcTime now) {
  auto const* places = grants.places.get();
  if (places != nullptr) locate(alert_in(command), *places);
  auto const& alert = alert_of(command);
  Examination examination(agency, command, places);
  auto const* grant = grants.of(agency);
  if (grant != nullptr) {
    examination.against(*grant);
    examination.must_name_an_area(*grant);
  } else {
    examination.unknown_agency();
  }
  examination.must_not_be_draft();
  examination.must_not_be_expired(now);
  auto reasons = std::move(examination).reasons();
  if (reasons.empty()) return AuthorisedCommand(*grant, std::move(command));
  Rejection rejection;
  rejection.reasons = std::move(reasons);
  rejection.identifier = alert.identifier;
  rejection.sender = alert.sender;
  return rejection;
}

}  // namespace siaga
