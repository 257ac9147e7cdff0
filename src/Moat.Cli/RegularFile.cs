using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Moat.Isms.Kernel;

namespace Moat.Cli;

/// <summary>
/// Files that are read to their end: regular ones, and links to them. A pipe without a writer is never open, and a
/// device may never end.
/// </summary>
internal static class RegularFile
{
    private const int FromHere = -100;
    private const uint Kind = 1;
    private const int ModeAt = 28;
    private const int KindBits = 0xF000;

    /// <summary>Throws <see cref="InputInvalid"/>, which says what there is instead.</summary>
    public static void MustBe(string path)
    {
        if (Wrong(path) is { } wrong)
            throw new InputInvalid(Shown(path), wrong);
    }

    /// <summary>A path on one line, whatever its name holds; then a backslash is doubled.</summary>
    public static string Shown(string path) =>
        path.Any(char.IsControl)
            ? string.Concat(
                path.Select(c =>
                    c switch
                    {
                        '\\' => "\\\\",
                        '\n' => "\\n",
                        '\r' => "\\r",
                        _ when char.IsControl(c) => $"\\x{(int)c:x2}",
                        _ => $"{c}",
                    }
                )
            )
            : path;

    private static string? Wrong(string path)
    {
        if (Directory.Exists(path))
            return "This is a folder. Name its files.";
        var file = new FileInfo(path);
        if (file.LinkTarget is not null && !LeadsToFile(file))
            return "This is a link that points to nothing.";
        if (!file.Exists)
            return path.Contains('\uFFFD', StringComparison.Ordinal)
                ? "The name is not UTF-8, so the file cannot be found by it. Rename it."
                : "There is no such file.";
        return IsRegular(path, file)
            ? null
            : "This is a pipe, a socket or a device, whose end may never come. Name a file.";
    }

    // A link to itself leads nowhere, either.
    private static bool LeadsToFile(FileInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true };
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsRegular(string path, FileInfo file)
    {
        if (OperatingSystem.IsLinux())
        {
            // The layout of statx is the same on every processor; the mode stands at its 28th byte.
            var told = new byte[256];
            if (StatusOf(FromHere, path, 0, Kind, told) == 0)
                return (BinaryPrimitives.ReadUInt16LittleEndian(told.AsSpan(ModeAt)) & KindBits) == 0x8000;
        }
        // Elsewhere what has no length may be anything.
        return OperatingSystem.IsWindows()
            || (file.ResolveLinkTarget(returnFinalTarget: true) ?? file) is FileInfo { Length: > 0 };
    }

    [DllImport("libc", EntryPoint = "statx", CharSet = CharSet.Ansi, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatusOf(
        int folder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int flags,
        uint mask,
        [Out] byte[] told
    );
}
