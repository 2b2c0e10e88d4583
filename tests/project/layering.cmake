# cmake -DROOT=<source folder> -P layering.cmake
# Fails if an #include goes against the arrows of the house, or a heavy library's header is where it must not be.
cmake_minimum_required(VERSION 3.25)

set(broken 0)

function(complain file line why)
    file(RELATIVE_PATH shown ${ROOT} ${file})
    message(NOTICE "${shown}: ${line}   <- ${why}")
    math(EXPR broken "${broken} + 1")
    set(broken ${broken} PARENT_SCOPE)
endfunction()

# Our own headers that files below `folder` may include: a regular expression for what stands between the quotes.
function(may_include folder allowed)
    file(GLOB_RECURSE files ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
    foreach(file IN LISTS files)
        file(STRINGS ${file} lines REGEX "^ *# *include *\"")
        foreach(line IN LISTS lines)
            string(REGEX REPLACE "^ *# *include *\"([^\"]*)\".*" "\\1" header "${line}")
            if(header MATCHES "\\.moc$")
                continue()
            endif()
            if(NOT header MATCHES "^(${allowed})/")
                complain(${file} "${line}" "${folder} may include ${allowed} only")
            endif()
        endforeach()
    endforeach()
    set(broken ${broken} PARENT_SCOPE)
endfunction()

# `pattern` (what follows #include <) may stand in .cpp files below `folders` (a regular expression) and nowhere else.
function(only_in_sources_of pattern folders)
    file(GLOB_RECURSE files ${ROOT}/engine/*.h ${ROOT}/engine/*.cpp ${ROOT}/app/*.h ${ROOT}/app/*.cpp
        ${ROOT}/widgets/*.h ${ROOT}/widgets/*.cpp)
    foreach(file IN LISTS files)
        file(STRINGS ${file} lines REGEX "^ *# *include *<(${pattern})")
        file(RELATIVE_PATH shown ${ROOT} ${file})
        if(lines AND NOT shown MATCHES "^(${folders})/.*\\.cpp$")
            complain(${file} "${lines}" "only .cpp files of ${folders} know this library")
        endif()
    endforeach()
    set(broken ${broken} PARENT_SCOPE)
endfunction()

# 1. The arrows: always inward.
may_include(engine/base "engine/base")
may_include(engine/music "engine/(base|music)")
may_include(engine/inference "engine/(base|inference)")
may_include(engine/model "engine/(base|music|model)")
may_include(engine/playback "engine/(base|music|playback)")
may_include(engine/io "engine/(base|music|io)")
may_include(engine/compose "engine/(base|music|inference|model|compose)")
may_include(engine/match "engine/(base|music|inference|model|compose|playback|match)")
may_include(engine/jobs "engine")
may_include(widgets "engine/(base|music)|widgets")
# The window speaks to jobs and files; compose and model lend it the values that jobs are asked with.
may_include(app "engine|widgets|app")
may_include(app/cli "engine|app/cli")

# 2. Heavy libraries: behind light headers, each in its own folder.
only_in_sources_of("torch/|ATen/|c10/" "engine/(model/muse|match)")
only_in_sources_of("fluidsynth" "engine/playback")
only_in_sources_of("rtmidi/|RtMidi" "engine/playback")
only_in_sources_of("sndfile" "engine/(playback|io)")
only_in_sources_of("sqlite3" "engine/io")
only_in_sources_of("png\\.h" "engine/io")
only_in_sources_of("nlohmann/" "engine/(io|jobs|model)|app")
only_in_sources_of("qcustomplot" "widgets/plots")
only_in_sources_of("CLI/" "app/cli")

# 3. The engine and its command line know no window.
file(GLOB_RECURSE files ${ROOT}/engine/*.h ${ROOT}/engine/*.cpp ${ROOT}/app/cli/*.h ${ROOT}/app/cli/*.cpp)
foreach(file IN LISTS files)
    file(STRINGS ${file} lines REGEX "^ *# *include *<(Q[A-Z]|Qt)")
    if(lines)
        complain(${file} "${lines}" "no Qt in the engine or the command line")
    endif()
endforeach()

# 4. Small files.
file(GLOB_RECURSE files ${ROOT}/engine/*.h ${ROOT}/engine/*.cpp ${ROOT}/app/*.h ${ROOT}/app/*.cpp
    ${ROOT}/widgets/*.h ${ROOT}/widgets/*.cpp)
foreach(file IN LISTS files)
    file(READ ${file} text)
    string(REGEX MATCHALL "\n" newlines "${text}")
    list(LENGTH newlines num_lines)
    if(num_lines GREATER 600)
        complain(${file} "${num_lines} lines" "a file has at most 600")
    endif()
endforeach()

if(broken GREATER 0)
    message(FATAL_ERROR "${broken} includes or files break the rules of the house.")
endif()
