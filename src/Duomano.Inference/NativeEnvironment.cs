using System.Runtime.InteropServices;

namespace Duomano.Inference;

/// <summary>Environment variables as native libraries see them: on Unix they do not see what .NET alone has set.</summary>
internal static class NativeEnvironment
{
    /// <summary>Sets a variable, unless whoever started the program has set it; to be called before the library that reads it is loaded.</summary>
    public static void SetDefault(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is not null) return;
        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsWindows()) _ = SetEnvironment(name, value, 0);
    }

    [DllImport("libc", EntryPoint = "setenv", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnvironment([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
