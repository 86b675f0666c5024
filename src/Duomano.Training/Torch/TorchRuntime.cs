using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Duomano.Core.Files;
using Duomano.Inference;
using TorchSharp;

namespace Duomano.Training.Torch;

/// <summary>Loads and sets up torch's native libraries, once a process.</summary>
public static class TorchRuntime
{
    private const string Bridge = "libLibTorchSharp.so";
    private const string NewerSymbolVersion = "GLIBCXX_3.4.32";
    private const int SmallestGivenBack = 4 << 20;

    // Parameters of malloc.h.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;
    private static readonly Lock Once = new();
    private static bool _ready;

    /// <summary>
    /// Whether torch's own convolutions are held to an old instruction set on this processor, and a matrix product is twice as
    /// fast: oneDNN 3.7.1, which this libtorch has built in, computes some convolutions of batches wrongly there with AVX and
    /// AVX-512.
    /// </summary>
    public static bool ConvolvesSlowly { get; } = OperatingSystem.IsLinux() && IsAmdFamily26;

    private static bool IsAmdFamily26
    {
        get
        {
            if (!X86Base.IsSupported) return false;
            var (_, b, c, d) = X86Base.CpuId(0, 0);
            var (version, _, _, _) = X86Base.CpuId(1, 0);
            const int Auth = 0x68747541, Enti = 0x69746E65, Camd = 0x444D4163; // "AuthenticAMD" as the processor tells it
            return (b, d, c) == (Auth, Enti, Camd) && ((version >> 8) & 15) + ((version >> 20) & 255) == 26;
        }
    }

    /// <summary>
    /// To be called by programs and tests before anything else touches torch. Later calls only change the number of
    /// threads.
    /// </summary>
    /// <param name="threads">Threads that one operation may use.</param>
    /// <param name="libtorchFolder">A folder with libtorch's libraries to use instead of the ones beside the program; Linux only.</param>
    /// <exception cref="DllNotFoundException">The libraries are missing or do not load.</exception>
    public static void Initialize(int threads = 1, string? libtorchFolder = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        lock (Once)
        {
            if (!_ready && OperatingSystem.IsLinux()) LoadOnLinux(libtorchFolder);
            _ready = true;
            torch.set_num_threads(threads);
        }
    }

    /// <summary>The device of a name such as "cpu", "cuda" or "cuda:1".</summary>
    /// <exception cref="ArgumentException">There is no such device here.</exception>
    public static torch.Device Device(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name == "cpu") return torch.CPU;
        if (name != "cuda" && !name.StartsWith("cuda:", StringComparison.Ordinal)) throw new ArgumentException($"'{name}' is no device; use cpu or cuda.", nameof(name));
        if (!torch.cuda.is_available()) throw new ArgumentException($"'{name}' is not available: this libtorch finds no CUDA device.", nameof(name));
        return torch.device(name);
    }

    /// <summary>
    /// From now on what large tensors took goes back to the system when they are let go, at the price of asking for it anew:
    /// for networks whose parameters and optimizer hardly fit. The C library otherwise keeps blocks of up to 32 MB, and
    /// those of weights that come and go add up to gigabytes.
    /// </summary>
    public static void GiveBackMemory()
    {
        if (OperatingSystem.IsLinux() && (SetAllocation(MmapThreshold, SmallestGivenBack) == 0 || SetAllocation(TrimThreshold, SmallestGivenBack) == 0)) throw new InvalidOperationException("The C library does not take a threshold.");
    }

    // A training step asks for the same tensors as the one before. What the C library gives back to the system between them,
    // it has to ask for anew, a page at a time, which took half of all time. Other C libraries have other ways, and no such call.
    private static void KeepMemory()
    {
        try
        {
            _ = SetAllocation(ArenaMax, 1);
            _ = SetAllocation(MmapThreshold, 32 << 20);
            _ = SetAllocation(TrimThreshold, int.MaxValue);
            _ = SetAllocation(TopPad, 256 << 20);
        }
        catch (EntryPointNotFoundException)
        {
        }
    }

    private static void LoadOnLinux(string? libtorchFolder)
    {
        // Waiting OpenMP threads that spin slow everything down beside another busy process.
        NativeEnvironment.SetDefault("OMP_WAIT_POLICY", "PASSIVE");
        if (ConvolvesSlowly) NativeEnvironment.SetDefault("ONEDNN_MAX_CPU_ISA", "SSE41");
        KeepMemory();
        var bridge = Find(Bridge) ?? throw new DllNotFoundException($"{Bridge} is not beside the program.");
        var folder = libtorchFolder is null ? FolderOf("libtorch.so") : Path.GetFullPath(libtorchFolder);
        if (folder is not null)
        {
            // In this order, so that each finds what it needs already loaded.
            foreach (var name in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"]) NativeLibrary.Load(Path.Combine(folder, name));
        }

        if (NativeLibrary.TryLoad(bridge, out _)) return;
        NativeLibrary.Load(PatchedCopy(bridge));
    }

    // The bridge asks for a symbol version that Debian 12's and Ubuntu 22.04's C++ library lacks, without using a symbol of it.
    private static string PatchedCopy(string bridge)
    {
        var library = File.ReadAllBytes(bridge);
        if (!WeakSymbolVersion.Mark(library, NewerSymbolVersion)) throw new DllNotFoundException($"{bridge} does not load; is libtorch for this platform beside the program?");
        var cache = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        try
        {
            return Keep(Path.Combine(cache, "duomano", "native", Bridge), library);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Keep(Path.Combine(Directory.CreateTempSubdirectory("duomano-").FullName, Bridge), library);
        }
    }

    private static string Keep(string path, byte[] library)
    {
        if (!Path.IsPathFullyQualified(path)) throw new ArgumentException($"'{path}' is no full path.", nameof(path));
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(library)) WholeFile.Write(path, stream => stream.Write(library));
        return path;
    }

    private static string? FolderOf(string library) => Path.GetDirectoryName(Find(library));

    private static string? Find(string library)
    {
        var searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string[] folders =
        [
            AppContext.BaseDirectory,
            Path.Combine(AppContext.BaseDirectory, "runtimes", $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}", "native"),
            .. searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        ];
        return folders.Select(folder => Path.Combine(folder, library)).FirstOrDefault(File.Exists);
    }

    [DllImport("libc", EntryPoint = "mallopt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAllocation(int parameter, int value);
}
