#include "engine/jobs/composer.h"

#include "engine/compose/remember.h"
#include "engine/model/prompt/parser.h"

#include <exception>
#include <optional>
#include <utility>

namespace chainsong {

Composer::Composer(Callbacks callbacks)
    : m_callbacks(std::move(callbacks))
    , m_worker("composer") { }

Composer::~Composer() { cancel(); }

void Composer::setPrior(PriorPtr prior) {
    {
        const std::lock_guard lock(m_mutex);
        m_prior.swap(prior);
    }
    m_has_prior.notify_all();
} // the old prior goes here, after the lock

void Composer::setLibrary(std::shared_ptr<const PhraseLibrary> library) {
    const std::lock_guard lock(m_mutex);
    m_library.swap(library);
}

std::shared_ptr<const PhraseLibrary> Composer::library() {
    const std::lock_guard lock(m_mutex);
    return m_library;
}

JobId Composer::start(ComposeRequest request) {
    return startJob([this, request = std::move(request)](
                        const Prior& prior, const ComposeCallbacks& callbacks, std::stop_token stop) mutable {
        if (const auto phrases = library(); phrases && request.remembered.empty())
            request.remembered = rememberedFor(RangeQueryer(phrases), request.prompt,
                merged(parsePrompt(request.prompt).chips, request.edited_chips),
                request.prime ? &*request.prime : nullptr);
        return compose(prior, request, callbacks, stop);
    });
}

JobId Composer::start(ResampleRequest request) {
    return startJob([this, request = std::move(request)](
                        const Prior& prior, const ComposeCallbacks& callbacks, std::stop_token stop) mutable {
        if (const auto phrases = library(); phrases && request.remembered.empty())
            request.remembered = rememberedFor(RangeQueryer(phrases), request.prompt,
                merged(parsePrompt(request.prompt).chips, request.edited_chips), &request.score);
        return resample(prior, request, callbacks, stop);
    });
}

JobId Composer::start(PathRequest request) {
    return startJob([request = std::move(request)](const Prior& prior, const ComposeCallbacks& callbacks,
                        std::stop_token stop) -> Result<ComposeResult> {
        auto path = composePath(prior, request, callbacks, stop);
        if (!path) return path.error();
        return std::move(path->result);
    });
}

JobId Composer::startJob(Job job) {
    const JobId id = ++m_last_id;
    m_current = id; // from here on the old job is silent
    m_worker.replace([this, id, job = std::move(job)](std::stop_token stop) { runJob(id, job, stop); });
    return id;
}

bool Composer::cancel() {
    const bool was_running = m_current.exchange(0) != 0;
    m_worker.clear();
    return was_running;
}

void Composer::runJob(JobId id, const Job& job, std::stop_token stop) {
    const PriorPtr prior = waitForPrior(id, stop);
    if (!prior) return;
    std::optional<Result<ComposeResult>> result;
    try {
        result = job(*prior, callbacksOf(id), stop);
    } catch (const std::exception& exception) { // LibTorch or the memory: the thread must live on
        result = Error{std::string("composing failed: ") + exception.what()};
    }
    JobId mine = id;
    const bool is_still_wanted = m_current.compare_exchange_strong(mine, 0);
    if (is_still_wanted && m_callbacks.on_done) m_callbacks.on_done(id, std::move(*result));
}

PriorPtr Composer::waitForPrior(JobId id, std::stop_token stop) {
    std::unique_lock lock(m_mutex);
    if (!m_prior && m_callbacks.on_progress) {
        lock.unlock();
        m_callbacks.on_progress(id, {"waiting for the model", -1});
        lock.lock();
    }
    m_has_prior.wait(lock, stop, [this] { return m_prior != nullptr; });
    return stop.stop_requested() ? nullptr : m_prior;
}

ComposeCallbacks Composer::callbacksOf(JobId id) {
    ComposeCallbacks wrapped;
    wrapped.on_progress = [this, id](const Progress& progress) {
        if (m_callbacks.on_progress && m_current == id) m_callbacks.on_progress(id, progress);
    };
    wrapped.on_trace = [this, id](const TracePoint& point) {
        if (m_callbacks.on_trace && m_current == id) m_callbacks.on_trace(id, point);
    };
    wrapped.on_draw = [this, id](const Draw& draw, int index) {
        if (m_callbacks.on_draw && m_current == id) m_callbacks.on_draw(id, draw, index);
    };
    return wrapped;
}

} // namespace chainsong
