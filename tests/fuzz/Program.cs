using System.CommandLine;
using Duomano.Fuzz;

// Damaged files for every reader: `--reader NAME --count N --seed S`; input i is made from the seed S + i alone.
var readers = new Option<string[]>("--reader") { Description = $"Only these readers: {string.Join(", ", Readers.All.Select(reader => reader.Name))}." };
var count = new Option<int>("--count") { Description = "Damaged inputs for each reader.", DefaultValueFactory = _ => 10_000 };
var seed = new Option<long>("--seed") { Description = "The first input's number.", DefaultValueFactory = _ => 1 };
var save = new Option<string?>("--save") { Description = "Folder for the inputs that something was found with." };
var root = new RootCommand("Runs damaged files through every reader and reports crashes, hangs (over 1 s) and memory (over 500 MB).") { readers, count, seed, save };
root.SetAction(arguments =>
{
    var wanted = arguments.GetValue(readers) ?? [];
    if (wanted.FirstOrDefault(name => Readers.All.All(reader => reader.Name != name)) is { } unknown)
    {
        Console.Error.WriteLine($"there is no reader '{unknown}'; there are {string.Join(", ", Readers.All.Select(reader => reader.Name))}");
        return 2;
    }

    var found = 0;
    foreach (var reader in Readers.All.Where(reader => wanted.Length == 0 || wanted.Contains(reader.Name)))
    {
        var result = FuzzRun.Run(reader, arguments.GetValue(seed), arguments.GetValue(count), Report);
        Console.WriteLine($"{reader.Name}: {result.Inputs} inputs in {result.Elapsed.TotalSeconds:F0} s, {result.Read} read, {result.Refused} refused, {result.Findings} findings");
        found += result.Findings;

        void Report(Finding finding)
        {
            Console.WriteLine($"{reader.Name}: {finding.Kind}: --reader {reader.Name} --seed {finding.Seed} --count 1: {finding.Details}");
            if (arguments.GetValue(save) is not { } folder) return;
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"{reader.Name}-{finding.Seed}"), reader.Input(finding.Seed));
        }
    }

    return found == 0 ? 0 : 1;
});
return root.Parse(args).Invoke();
