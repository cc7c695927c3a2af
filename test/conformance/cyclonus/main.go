// Writes the truth tables of Cyclonus (github.com/mattfenwick/cyclonus): for each of its generated NetworkPolicy
// test cases, step by step, the objects that are there and what its own matcher lets through, as JSON on stdout.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	"github.com/mattfenwick/cyclonus/pkg/connectivity/probe"
	"github.com/mattfenwick/cyclonus/pkg/generator"
	"github.com/mattfenwick/cyclonus/pkg/matcher"
	v1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

type pod struct {
	Namespace string            `json:"namespace"`
	Name      string            `json:"name"`
	Labels    map[string]string `json:"labels"`
	IP        string            `json:"ip"`
}

type step struct {
	// Left out where they are those that every case begins with.
	Namespaces map[string]map[string]string `json:"namespaces,omitempty"`
	Pods       []pod                        `json:"pods,omitempty"`
	Policies   []policy                     `json:"policies"`
	Tables     []table                      `json:"tables"`
}

type policy struct {
	Namespace string                         `json:"namespace"`
	Name      string                         `json:"name"`
	Spec      networkingv1.NetworkPolicySpec `json:"spec"`
}

// A row for each source, a character for each destination, in the order of the pods: "." allowed, "X" blocked,
// " " not asked. The same for each of some protocols and ports.
type table struct {
	Ports []string `json:"ports"`
	Rows  []string `json:"rows"`
}

type testCase struct {
	Description string `json:"description"`
	Steps       []step `json:"steps"`
}

var (
	namespaces = []string{"x", "y", "z"}
	names      = []string{"a", "b", "c"}
	ports      = []int{80, 81}
	protocols  = []v1.Protocol{v1.ProtocolTCP, v1.ProtocolUDP, v1.ProtocolSCTP}
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Gives a pod that a step has made the next free address, so that none has the address of another.
func address(n int) string { return fmt.Sprintf("192.168.%d.%d", n/250, n%250+1) }

func firstResources() *probe.Resources {
	r := &probe.Resources{Namespaces: map[string]map[string]string{}}
	for _, ns := range namespaces {
		r.Namespaces[ns] = map[string]string{"ns": ns, "kubernetes.io/metadata.name": ns}
		for _, name := range names {
			p := probe.NewDefaultPod(ns, name, ports, protocols, false, "example")
			p.IP = address(len(r.Pods))
			r.Pods = append(r.Pods, p)
		}
	}
	return r
}

func apply(r *probe.Resources, policies map[string]*networkingv1.NetworkPolicy, a *generator.Action) *probe.Resources {
	key := func(ns, name string) string { return ns + "/" + name }
	var err error
	switch {
	case a.CreatePolicy != nil:
		policies[key(a.CreatePolicy.Policy.Namespace, a.CreatePolicy.Policy.Name)] = a.CreatePolicy.Policy
	case a.UpdatePolicy != nil:
		policies[key(a.UpdatePolicy.Policy.Namespace, a.UpdatePolicy.Policy.Name)] = a.UpdatePolicy.Policy
	case a.DeletePolicy != nil:
		delete(policies, key(a.DeletePolicy.Namespace, a.DeletePolicy.Name))
	case a.CreateNamespace != nil:
		r, err = r.CreateNamespace(a.CreateNamespace.Namespace, a.CreateNamespace.Labels)
	case a.SetNamespaceLabels != nil:
		r, err = r.UpdateNamespaceLabels(a.SetNamespaceLabels.Namespace, a.SetNamespaceLabels.Labels)
	case a.DeleteNamespace != nil:
		r, err = r.DeleteNamespace(a.DeleteNamespace.Namespace)
	case a.CreatePod != nil:
		r, err = r.CreatePod(a.CreatePod.Namespace, a.CreatePod.Pod, a.CreatePod.Labels)
		if err == nil {
			for i, p := range r.Pods {
				if p.IP == "TODO" || p.IP == "" {
					p.IP = address(100 + i)
				}
			}
		}
	case a.SetPodLabels != nil:
		r, err = r.SetPodLabels(a.SetPodLabels.Namespace, a.SetPodLabels.Pod, a.SetPodLabels.Labels)
	case a.DeletePod != nil:
		r, err = r.DeletePod(a.DeletePod.Namespace, a.DeletePod.Pod)
	}
	check(err)
	return r
}

func run(r *probe.Resources, policies map[string]*networkingv1.NetworkPolicy, config *generator.ProbeConfig) step {
	var keys []string
	for k := range policies {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	s := step{Namespaces: r.Namespaces}
	var given []*networkingv1.NetworkPolicy
	for _, k := range keys {
		p := policies[k]
		given = append(given, p)
		s.Policies = append(s.Policies, policy{p.Namespace, p.Name, p.Spec})
	}
	tables := map[string][]string{}
	index := map[string]int{}
	for i, p := range r.Pods {
		s.Pods = append(s.Pods, pod{p.Namespace, p.Name, p.Labels, p.IP})
		index[p.PodString().String()] = i
	}
	builder := &probe.JobBuilder{TimeoutSeconds: 1}
	judge := &probe.SimulatedJobRunner{Policies: matcher.BuildNetworkPolicies(true, given)}
	for _, result := range judge.RunJobs(builder.GetJobsForProbeConfig(r, config).Valid) {
		k := result.Key()
		if tables[k] == nil {
			for range r.Pods {
				row := ""
				for range r.Pods {
					row += " "
				}
				tables[k] = append(tables[k], row)
			}
		}
		from, to := index[result.Job.FromKey], index[result.Job.ToKey]
		row := []byte(tables[k][from])
		row[to] = result.Combined.ShortString()[0]
		tables[k][from] = string(row)
	}
	var asked []string
	for k := range tables {
		asked = append(asked, k)
	}
	sort.Strings(asked)
	found := map[string]int{}
	for _, k := range asked {
		rows := strings.Join(tables[k], "\n")
		at, known := found[rows]
		if !known {
			at = len(s.Tables)
			found[rows] = at
			s.Tables = append(s.Tables, table{Rows: tables[k]})
		}
		s.Tables[at].Ports = append(s.Tables[at].Ports, k)
	}
	return s
}

func same(a, b any) bool {
	one, err := json.Marshal(a)
	check(err)
	other, err := json.Marshal(b)
	check(err)
	return string(one) == string(other)
}

func main() {
	cases := generator.NewTestCaseGenerator(true, address(8), namespaces, nil, nil).GenerateTestCases()
	first := run(firstResources(), nil, generator.ProbeAllAvailable)
	all := []testCase{{Description: "nothing", Steps: []step{first}}}
	for _, one := range cases {
		r, policies := firstResources(), map[string]*networkingv1.NetworkPolicy{}
		made := testCase{Description: one.Description}
		for _, s := range one.Steps {
			for _, a := range s.Actions {
				r = apply(r, policies, a)
			}
			done := run(r, policies, s.Probe)
			if same(done.Namespaces, first.Namespaces) {
				done.Namespaces = nil
			}
			if same(done.Pods, first.Pods) {
				done.Pods = nil
			}
			made.Steps = append(made.Steps, done)
		}
		all = append(all, made)
	}
	fmt.Fprintf(os.Stderr, "%d cases\n", len(cases))
	encoder := json.NewEncoder(os.Stdout)
	for _, one := range all {
		check(encoder.Encode(one))
	}
}
