#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace chainsong {

/// Something the user can be told: what failed and where. Never a bool, never errno.
struct Error {
    std::string what;  // one sentence, e.g. "track 3 ends inside an event"
    std::string where = {};  // file, device or prompt it concerns
    bool operator==(const Error&) const = default;
};

/// "where: what", or just "what" when there is no place to name.
inline std::string sentence(const Error& error)
{
    return error.where.empty() ? error.what : error.where + ": " + error.what;
}

/// A value or an Error. For failures that a correct program must expect: bad
/// files, absent devices, full disks. A broken invariant is an assert instead.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) { }
    Result(Error error) : m_content(std::in_place_index<1>, std::move(error)) { }

    explicit operator bool() const { return m_content.index() == 0; }
    T& operator*() & { return std::get<0>(m_content); }
    T&& operator*() && { return std::get<0>(std::move(m_content)); }
    const T& operator*() const& { return std::get<0>(m_content); }
    T* operator->() { return &std::get<0>(m_content); }
    const T* operator->() const { return &std::get<0>(m_content); }
    const Error& error() const { return std::get<1>(m_content); }

private:
    std::variant<T, Error> m_content;
};

/// The value of a Result that has nothing to say but "it went well".
struct Done {
    bool operator==(const Done&) const = default;
};
using Status = Result<Done>;

}  // namespace chainsong
