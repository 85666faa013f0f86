#include "auth/hashing.hpp"

#include "crypto/password.hpp"

namespace auth {

class Hashing::Place { // one of the two, waited for
public:
    explicit Place(Hashing& of) : hashing_(of)
    {
        std::unique_lock lock{hashing_.mutex_};
        if (hashing_.waiting_ >= waiting_max) return;
        ++hashing_.waiting_;
        hashing_.freed_.wait(lock, [this] { return hashing_.running_ < running_max; });
        --hashing_.waiting_;
        ++hashing_.running_;
        taken_ = true;
    }
    Place(Place const&) = delete;
    Place& operator=(Place const&) = delete;
    ~Place()
    {
        if (!taken_) return;
        {
            std::scoped_lock const lock{hashing_.mutex_};
            --hashing_.running_;
        }
        hashing_.freed_.notify_one();
    }
    explicit operator bool() const { return taken_; }

private:
    Hashing& hashing_;
    bool taken_ = false;
};

Result<std::string> Hashing::hash(std::string_view password)
{
    Place const place{*this};
    if (!place) return Problem{Fault::unavailable, "too_busy"};
    return crypto::hash_password(password);
}

Result<bool> Hashing::verify(std::string_view password, std::optional<std::string> const& hash)
{
    Place const place{*this};
    if (!place) return Problem{Fault::unavailable, "too_busy"};
    if (hash) return crypto::verify_password(password, *hash);
    crypto::verify_password_of_nobody(password);
    return false;
}

} // namespace auth
